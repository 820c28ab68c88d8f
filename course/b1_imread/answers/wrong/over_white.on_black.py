# message: You blended with black
def over_white(bgra: np.ndarray) -> np.ndarray:
    return np.rint(bgra[:, :, :3] * (bgra[:, :, 3:] / 255)).astype(np.uint8)
