# message: You only cut at a threshold
def over_white(bgra: np.ndarray) -> np.ndarray:
    return np.where(bgra[:, :, 3:] > 127, bgra[:, :, :3], 255).astype(np.uint8)
