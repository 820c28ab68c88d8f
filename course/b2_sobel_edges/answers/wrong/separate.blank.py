# message: is not solved yet
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    raise NotImplementedError
