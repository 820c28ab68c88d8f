# message: You clipped to what the dtype holds
def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    if np.isnan(values).any():
        raise ValueError("NaN")
    limits = np.iinfo(np.int8 if signed else np.uint8)
    codes = np.clip(np.rint(values / scale) + zero_point, limits.min, limits.max)
    return codes.astype(np.int8 if signed else np.uint8)
