# message: You wrote into the array
def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    n = 2 ** (bits - 1) - 1
    rows = weights.reshape(len(weights), -1)
    largest = np.abs(rows).max(axis=1)
    scales = np.where(largest > 0, largest / n, 1)
    rows /= scales[:, None].astype(np.float32)
    return np.rint(rows).astype(np.int8).reshape(weights.shape), scales
