# message: OpenCV takes no int64 image
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gx, gy = cv2.Sobel(image, cv2.CV_64F, 1, 0), cv2.Sobel(image, cv2.CV_64F, 0, 1)
    return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
