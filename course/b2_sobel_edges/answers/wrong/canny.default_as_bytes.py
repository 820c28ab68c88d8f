# message: instead of Pythagoras (L2gradient)
def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    return cv2.Canny(image, low, high)
