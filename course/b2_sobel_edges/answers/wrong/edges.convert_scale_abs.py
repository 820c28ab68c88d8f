# message: convertScaleAbs cuts the two slopes at 255
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gx, gy = cv2.Sobel(np.float64(image), cv2.CV_64F, 1, 0), cv2.Sobel(np.float64(image), cv2.CV_64F, 0, 1)

    vertical, horizontal = (cv2.convertScaleAbs(g).astype(np.float64) for g in (gx, gy))
    return vertical, horizontal, np.hypot(vertical, horizontal)
