# message: convertScaleAbs (or a uint8 result) cuts
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gx, gy = cv2.Sobel(image, cv2.CV_64F, 1, 0), cv2.Sobel(image, cv2.CV_64F, 0, 1)
    vertical, horizontal = cv2.convertScaleAbs(gx), cv2.convertScaleAbs(gy)
    return vertical, horizontal, np.hypot(vertical, horizontal)
