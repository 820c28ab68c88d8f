# message: (or link nothing at all)
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    return strength > high
