def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    n = 2 ** (bits - 1) - 1
    codes, scales = np.zeros(weights.shape, np.int8), np.ones(len(weights), np.float32)
    for channel, weight in enumerate(weights):
        largest = float(np.abs(weight).max())
        if largest > 0:
            scales[channel] = largest / n
            codes[channel] = np.clip(np.round(weight.astype(np.float64) * n / largest), -n, n)
    return codes, scales
