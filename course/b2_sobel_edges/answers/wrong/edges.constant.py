# message: A tuple of three float64 arrays
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    return (np.zeros(image.shape),) * 3
