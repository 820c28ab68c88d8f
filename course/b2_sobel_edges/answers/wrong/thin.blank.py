# message: is not solved yet
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    raise NotImplementedError
