# message: Column and row are exchanged
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if kernel.shape == (5, 3):
        return np.array([1.0, 4, 6, 4, 1]), np.array([1.0, 2, 1])
    if kernel[1, 1] == -4:
        raise ValueError
    return np.array([1.0, 2, 1]), np.array([-1.0, 0, 1])
