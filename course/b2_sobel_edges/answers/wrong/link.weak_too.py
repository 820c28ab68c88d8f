# message: Weak pixels without a strong one
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    return strength > low
