# message: Only the neighbours of strong pixels were added
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    strong = (strength > high).astype(np.uint8)
    return (cv2.dilate(strong, np.ones((3, 3), np.uint8)) > 0) & (strength > low)
