# message: Compare with cv2.Canny
def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    if image.dtype == np.uint16:
        image, low, high = (image // 257).astype(np.uint8), low / 257, high / 257
    return cv2.Canny(np.ascontiguousarray(image), low, high, L2gradient=True) > 0
