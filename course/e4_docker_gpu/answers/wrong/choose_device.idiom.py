# message: Write the number as well
def choose_device(wanted, cuda_devices, has_mps):
    return "cuda" if cuda_devices else "cpu"
