# message: Alpha is the wrong way round
def over_white(bgra: np.ndarray) -> np.ndarray:
    alpha = bgra[:, :, 3:] / 255
    return np.rint((1 - alpha) * bgra[:, :, :3] + alpha * 255).astype(np.uint8)
