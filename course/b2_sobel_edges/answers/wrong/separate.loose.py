# message: compare relative to the largest one
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    column, row = kernel[:, j], kernel[i] / kernel[i, j]
    if not np.allclose(np.outer(column, row), kernel, atol=1e-3):
        raise ValueError
    return column, row
