# message: Nothing was found
def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.zeros(image.shape, bool)
