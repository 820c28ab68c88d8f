# message: Nothing was suppressed
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    return magnitude.copy()
