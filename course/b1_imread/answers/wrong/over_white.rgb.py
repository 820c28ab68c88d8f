# message: The channels come back as RGB
def over_white(bgra: np.ndarray) -> np.ndarray:
    alpha = bgra[:, :, 3:] / 255
    return np.rint(alpha * bgra[:, :, 2::-1] + (1 - alpha) * 255).astype(np.uint8)
