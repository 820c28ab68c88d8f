# message: No column times a row gives this kernel
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if kernel.shape[0] == kernel.shape[1] and abs(np.linalg.det(kernel)) > 1e-9:
        raise ValueError
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    return kernel[:, j], kernel[i] / kernel[i, j]
