# message: Every output channel has its own largest weight
def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    n = 2 ** (bits - 1) - 1
    largest = np.abs(weights).max(axis=1)
    scales = np.where(largest > 0, largest / n, 1)
    return np.rint(weights / scales[:, None]).astype(np.int8), scales
