# message: That is Scharr
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    wide = np.float64(image)
    gx, gy = cv2.Scharr(wide, cv2.CV_64F, 1, 0), cv2.Scharr(wide, cv2.CV_64F, 0, 1)
    return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
