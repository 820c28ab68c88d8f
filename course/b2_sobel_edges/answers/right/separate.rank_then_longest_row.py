def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if np.linalg.matrix_rank(kernel) != 1:
        raise ValueError("rank above 1")
    row = kernel[np.argmax((kernel**2).sum(axis=1))]
    return kernel @ row / (row @ row), row
