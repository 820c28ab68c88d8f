# message: The scale of a channel of zeros is 1
def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    n = 2 ** (bits - 1) - 1
    rows = weights.reshape(len(weights), -1)
    scales = np.abs(rows).max(axis=1) / n
    with np.errstate(invalid="ignore"):
        codes = np.nan_to_num(np.rint(rows / scales[:, None]))
    return codes.astype(np.int8).reshape(weights.shape), scales
