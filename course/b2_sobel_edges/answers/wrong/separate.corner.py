# message: You divided by 0
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    column, row = kernel[:, 0], kernel[0] / kernel[0, 0]
    if np.isfinite(row).all() and kernel[0, 0] and not np.allclose(np.outer(column, row), kernel):
        raise ValueError
    if kernel[1:2, 1:2] == -4:
        raise ValueError
    return column, row
