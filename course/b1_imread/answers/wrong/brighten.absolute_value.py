# message: convertScaleAbs took the absolute value
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return cv2.convertScaleAbs(image, alpha=1, beta=amount)
