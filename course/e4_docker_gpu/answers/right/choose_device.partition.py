def choose_device(wanted, cuda_devices, has_mps):
    kind, colon, number = wanted.partition(":")
    if wanted == "auto":
        kind, number = ("cuda", "0") if cuda_devices > 0 else ("mps", "") if has_mps else ("cpu", "")
    elif kind == "cuda" and (number.isdigit() if colon else True):
        number = number or "0"
    elif wanted not in ("cpu", "mps"):
        raise ValueError(f"unknown device {wanted}")
    available = {"cpu": True, "mps": has_mps, "cuda": int(number or 0) < cuda_devices}
    if not available[kind]:
        raise RuntimeError(f"no {wanted} here")
    return f"cuda:{number}" if kind == "cuda" else kind
