# message: This is the symmetric scheme
def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    if not (np.isfinite(low) and np.isfinite(high) and low <= high):
        raise ValueError("bad range")
    return max(abs(low), abs(high)) / (2 ** (bits - 1) - 1) or 1.0, 0
