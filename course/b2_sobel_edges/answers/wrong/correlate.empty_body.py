# message: returned nothing
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    pass
