# message: below 0 and above 255 it was cut off
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return cv2.filter2D(image, -1, kernel.astype(np.float64))
