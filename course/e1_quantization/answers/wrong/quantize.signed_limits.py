# message: The limits are those of signed codes
def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    if np.isnan(values).any():
        raise ValueError("NaN")
    n = 2 ** (bits - 1)
    codes = np.clip(np.rint(values / scale) + zero_point, -n, n - 1)
    return codes.astype(np.int8)
