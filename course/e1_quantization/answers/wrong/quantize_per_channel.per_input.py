# message: axis 0 must stay
def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    n = 2 ** (bits - 1) - 1
    largest = np.abs(weights).max(axis=0)
    scales = np.where(largest > 0, largest / n, 1)
    return np.rint(weights / scales).astype(np.int8), scales
