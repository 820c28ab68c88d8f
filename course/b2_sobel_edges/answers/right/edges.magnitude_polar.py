def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    wide = np.float64(image)
    gx, gy = cv2.Sobel(wide, cv2.CV_64F, 1, 0), cv2.Sobel(wide, cv2.CV_64F, 0, 1)
    length, _ = cv2.cartToPolar(gx, gy)
    return np.abs(gx), np.abs(gy), length
