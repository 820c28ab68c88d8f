# message: expected  array([[[170, 189, 234]
def over_white(bgra: np.ndarray) -> np.ndarray:
    return np.full((*bgra.shape[:2], 3), 255, np.uint8)
