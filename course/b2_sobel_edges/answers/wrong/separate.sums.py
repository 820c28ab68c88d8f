# message: You divided by 0
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    column, row = kernel.sum(axis=1), kernel.sum(axis=0)
    row = row / kernel.sum()
    if np.isfinite(row).all() and not np.allclose(np.outer(column, row), kernel):
        raise ValueError
    return column, row
