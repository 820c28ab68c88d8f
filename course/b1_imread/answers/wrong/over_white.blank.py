# message: is not solved yet
def over_white(bgra: np.ndarray) -> np.ndarray:
    raise NotImplementedError()
