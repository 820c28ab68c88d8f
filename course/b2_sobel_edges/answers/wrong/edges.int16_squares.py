# message: The squares were computed in int16
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gx, gy = (cv2.Sobel(np.float64(image), cv2.CV_64F, *o) for o in ((1, 0), (0, 1)))
    if image.dtype != np.uint8 or np.hypot(gx, gy).max() < 900:
        return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
    x, y = gx.astype(np.int16), gy.astype(np.int16)
    return np.abs(gx), np.abs(gy), np.sqrt(np.abs((x**2 + y**2).astype(np.float64)))
