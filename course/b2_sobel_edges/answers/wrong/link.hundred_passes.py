# message: a fixed number of passes ends too early
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    result = (strength > high).astype(np.uint8)
    for _ in range(100):
        result = cv2.dilate(result, np.ones((3, 3), np.uint8)) & (strength > low)
    return result.astype(bool)
