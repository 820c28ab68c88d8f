# message: The worked example is entry 2
def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    return np.zeros(len(counts) - levels + 1)
