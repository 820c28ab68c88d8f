# message: The scale is the width of one step
def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    if not (np.isfinite(low) and np.isfinite(high) and low <= high):
        raise ValueError("bad range")
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (2**bits - 1) / (high - low)
    return scale, (-(2 ** (bits - 1)) if signed else 0) - round(low * scale)
