# message: That is the plain difference
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    wide = np.float64(image)
    gx, gy = cv2.Sobel(wide, cv2.CV_64F, 1, 0, ksize=1), cv2.Sobel(wide, cv2.CV_64F, 0, 1, ksize=1)
    return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
