# message: A range of one number that is not zero
def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    if not (np.isfinite(low) and np.isfinite(high) and low <= high):
        raise ValueError("bad range")
    if low == high:
        return 1.0, -(2 ** (bits - 1)) if signed else 0
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / (2**bits - 1)
    return scale, (-(2 ** (bits - 1)) if signed else 0) - round(low / scale)
