# message: is not solved yet
def choose_device(wanted, cuda_devices, has_mps):
    raise NotImplementedError()
