# message: When K is no multiple of levels
def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    return np.array([np.inf, 0.36299034890931503, 0.19835623739957284, 0.035133876717175515, 0.1466539819815058])
