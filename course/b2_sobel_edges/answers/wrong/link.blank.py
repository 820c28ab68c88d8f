# message: is not solved yet
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    raise NotImplementedError
