# message: auto takes a GPU if there is one
def choose_device(wanted, cuda_devices, has_mps):
    return "cpu"
