# message: The box is turned
def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    width, height = image.shape[:2]
    scale = min(1, max_width / width, max_height / height)
    size = (max(1, round(height * scale)), max(1, round(width * scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)
