# message: Start at the only strong pixel
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    return np.zeros(strength.shape, bool)
