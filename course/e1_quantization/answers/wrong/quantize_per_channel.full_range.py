# message: One scale per row
def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    rows = weights.reshape(len(weights), -1)
    n = 2 ** (bits - 1)
    largest = np.abs(rows).max(axis=1)
    scales = np.where(largest > 0, largest / (n - 0.5), 1)
    return np.clip(np.rint(rows / scales[:, None]), -n, n - 1).astype(np.int8).reshape(weights.shape), scales
