# message: is not solved yet
def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    raise NotImplementedError()
