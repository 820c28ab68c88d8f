def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    n = 2 ** (bits - 1) - 1
    axes = tuple(range(1, weights.ndim))
    scales = np.max(np.abs(weights.astype(np.float64)), axis=axes, keepdims=True) / n  # (O, 1, ...)
    scales[scales == 0] = 1
    return np.rint(weights / scales).astype(np.int8), scales.ravel()
