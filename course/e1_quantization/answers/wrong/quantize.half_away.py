# message: Ties were rounded away from zero
def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    if np.isnan(values).any():
        raise ValueError("NaN")
    lowest = -(2 ** (bits - 1)) if signed else 0
    highest = lowest + 2**bits - 1
    steps = values / scale
    codes = np.clip(np.trunc(steps + np.copysign(0.5, steps)) + zero_point, lowest, highest)
    return codes.astype(np.int8 if signed else np.uint8)
