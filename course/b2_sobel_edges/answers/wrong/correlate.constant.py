# message: Compare with correlate_slowly
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return np.zeros(image.shape)
