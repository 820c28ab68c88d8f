# message: You dropped alpha
def over_white(bgra: np.ndarray) -> np.ndarray:
    return bgra[:, :, :3]
