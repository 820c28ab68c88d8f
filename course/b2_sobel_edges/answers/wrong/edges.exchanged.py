# message: Vertical and horizontal are exchanged
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gx, gy = cv2.Sobel(np.float64(image), cv2.CV_64F, 1, 0), cv2.Sobel(np.float64(image), cv2.CV_64F, 0, 1)
    return np.abs(gy), np.abs(gx), np.hypot(gx, gy)
