# message: The zero-point was limited to the codes
def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    if not (np.isfinite(low) and np.isfinite(high) and low <= high):
        raise ValueError("bad range")
    scale = (high - low) / (2**bits - 1) or 1.0
    lowest = -(2 ** (bits - 1)) if signed else 0
    zero = max(lowest, min(lowest + 2**bits - 1, lowest - round(low / scale)))
    return scale, zero
