# message: The scale of a channel of zeros is 1
def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    n = 2 ** (bits - 1) - 1
    rows = weights.reshape(len(weights), -1)
    largest = np.abs(rows).max(axis=1)
    scales = largest / n
    codes = np.rint(rows / np.where(scales > 0, scales, 1)[:, None])
    return codes.astype(np.int8).reshape(weights.shape), scales
