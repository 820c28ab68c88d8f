# message: A tie goes to the even number
def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    if not (np.isfinite(low) and np.isfinite(high) and low <= high):
        raise ValueError("bad range")
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / (2**bits - 1) or 1.0
    lowest = -(2 ** (bits - 1)) if signed else 0
    zero = lowest + int(np.floor(-low / scale + 0.5))
    return scale, zero
