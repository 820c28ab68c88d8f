# message: did you divide by 0
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    with np.errstate(all="ignore"):
        column, row = kernel[:, 0], kernel[0] / kernel[0, 0] * (1 / kernel.sum()) * kernel.sum()
    if not np.allclose(np.outer(column, row), kernel):
        raise ValueError
    return column, row
