# message: is not solved yet
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    raise NotImplementedError
