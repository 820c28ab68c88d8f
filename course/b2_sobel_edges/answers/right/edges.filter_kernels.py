def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    across = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], np.float64)
    wide = image.astype(np.float64)
    gx = cv2.filter2D(wide, -1, across)
    gy = cv2.filter2D(wide, -1, across.T)
    return np.abs(gx), np.abs(gy), np.sqrt(gx**2 + gy**2)
