# message: Infinity and 1e30 saturate
def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    if not np.isfinite(values).all():
        raise ValueError('not finite')
    lowest = -(2 ** (bits - 1)) if signed else 0
    highest = lowest + 2**bits - 1
    codes = np.clip(np.rint(values / scale) + zero_point, lowest, highest)
    return codes.astype(np.int8 if signed else np.uint8)
