# message: expected  array([
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    return values.copy()
