# message: is wrong
def choose_device(wanted, cuda_devices, has_mps):
    if wanted == "cuda" and cuda_devices == 0:
        raise RuntimeError("no cuda")
    return "cuda:0" if cuda_devices else "cpu"
