# message: The border is not OpenCV
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    wide = np.float64(image)
    gx = cv2.Sobel(wide, cv2.CV_64F, 1, 0, borderType=cv2.BORDER_REPLICATE)
    gy = cv2.Sobel(wide, cv2.CV_64F, 0, 1, borderType=cv2.BORDER_REPLICATE)
    return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
