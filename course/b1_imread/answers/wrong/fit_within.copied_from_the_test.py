# message: expected  array of shape (300, 451, 3)
def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    return cv2.resize(image, (120, 80), interpolation=cv2.INTER_AREA)
