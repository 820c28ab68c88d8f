def choose_device(wanted, cuda_devices, has_mps):
    if wanted == "auto":
        return "cuda:0" if cuda_devices else ("mps" if has_mps else "cpu")
    if wanted in ("cpu", "mps", "cuda"):
        device = torch.device(wanted)
    elif wanted.startswith("cuda:") and wanted[5:].isascii() and wanted[5:].isdigit():
        device = torch.device("cuda", int(wanted[5:]))
    else:
        raise ValueError(f"{wanted!r}")
    if device.type == "cuda":
        index = device.index or 0
        if index >= cuda_devices:
            raise RuntimeError(f"{wanted}: {cuda_devices} GPUs")
        return f"cuda:{index}"
    if device.type == "mps" and not has_mps:
        raise RuntimeError(wanted)
    return device.type
