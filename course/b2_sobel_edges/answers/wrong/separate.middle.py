# message: You divided by 0
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    column, row = kernel[:, kernel.shape[1] // 2], kernel[kernel.shape[0] // 2]
    row = row / row[kernel.shape[1] // 2]
    if np.isfinite(row).all() and not np.allclose(np.outer(column, row), kernel):
        raise ValueError
    return column, row
