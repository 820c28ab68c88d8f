# message: cv2.Canny takes 8-bit images only
def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    return cv2.Canny(image, low, high, L2gradient=True) > 0
