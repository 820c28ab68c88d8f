import re


def choose_device(wanted, cuda_devices, has_mps):
    there = [f"cuda:{n}" for n in range(cuda_devices)] + ["mps"] * has_mps + ["cpu"]
    if wanted == "auto":
        return there[0]
    if not re.fullmatch(r"cpu|mps|cuda(:[0-9]+)?", wanted):
        raise ValueError(wanted)
    name = "cuda:0" if wanted == "cuda" else wanted
    if name not in there:
        raise RuntimeError(f"{wanted} is not there")
    return name
