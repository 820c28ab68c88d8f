def over_white(bgra: np.ndarray) -> np.ndarray:
    height, width = bgra.shape[:2]
    out = np.zeros((height, width, 3), dtype=np.uint8)
    for channel in range(3):
        alpha = bgra[:, :, 3].astype(np.float64) / 255.0
        out[:, :, channel] = np.floor(alpha * bgra[:, :, channel] + (1 - alpha) * 255 + 0.5)
    return out
