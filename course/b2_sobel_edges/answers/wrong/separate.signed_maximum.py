# message: You divided by 0
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    i, j = np.unravel_index(np.argmax(kernel), kernel.shape)
    with np.errstate(all="ignore"):
        column, row = kernel[:, j], kernel[i] / kernel[i, j]
    if np.isfinite(row).all() and not np.allclose(np.outer(column, row), kernel):
        raise ValueError
    return column, row
