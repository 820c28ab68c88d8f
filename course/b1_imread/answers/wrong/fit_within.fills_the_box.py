# message: You filled the box
def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    return cv2.resize(image, (max_width, max_height), interpolation=cv2.INTER_AREA)
