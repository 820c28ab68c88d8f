# message: it must saturate
def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    if np.isnan(values).any():
        raise ValueError("NaN")
    codes = np.rint(values / scale) + zero_point
    codes = codes.astype(np.int64)
    return codes.astype(np.int8 if signed else np.uint8)
