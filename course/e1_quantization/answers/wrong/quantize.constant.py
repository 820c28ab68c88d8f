# message: expected  array([0, 2, 2, 3
def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    return np.zeros(values.shape, np.int8 if signed else np.uint8)
