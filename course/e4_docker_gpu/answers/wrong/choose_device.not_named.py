# message: raised an unclear error
def choose_device(wanted, cuda_devices, has_mps):
    if wanted == "auto":
        if cuda_devices:
            return "cuda:0"
        return "mps" if has_mps else "cpu"
    if wanted == "cuda":
        name = "cuda:0"
    else:
        name = wanted
    if name == "cpu":
        return "cpu"
    if name == "mps":
        if not has_mps:
            raise RuntimeError(f"{wanted} is not there")
        return "mps"
    if name.startswith("cuda:") and name[5:].isdecimal():
        if int(name[5:]) >= cuda_devices:
            raise RuntimeError("no such GPU")
        return name
    raise ValueError(f"{wanted} names no device")
