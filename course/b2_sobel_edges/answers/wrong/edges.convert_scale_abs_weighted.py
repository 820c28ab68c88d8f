# message: convertScaleAbs (or a uint8 result) cuts
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    vertical = cv2.convertScaleAbs(cv2.Sobel(image, cv2.CV_16S, 1, 0))
    horizontal = cv2.convertScaleAbs(cv2.Sobel(image, cv2.CV_16S, 0, 1))
    return vertical, horizontal, cv2.addWeighted(vertical, 0.5, horizontal, 0.5, 0)
