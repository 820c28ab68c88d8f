# message: greater than the left neighbour
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    return np.zeros_like(magnitude)
