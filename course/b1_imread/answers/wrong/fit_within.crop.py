# message: You cut a piece out
def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    return image[:max_height, :max_width].copy()
