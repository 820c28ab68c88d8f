# message: keeps only the lower byte
def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    return cv2.Canny(image.astype(np.uint8), low, high, L2gradient=True) > 0
