def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return cv2.filter2D(image.astype(np.float64), cv2.CV_64F, kernel.astype(np.float64))
