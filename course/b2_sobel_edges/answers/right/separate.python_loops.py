def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    kh, kw = kernel.shape
    size, i, j = max((abs(float(kernel[i, j])), i, j) for i in range(kh) for j in range(kw))
    for a in range(kh):
        for b in range(kw):
            if abs(kernel[a, b] * kernel[i, j] - kernel[a, j] * kernel[i, b]) > 1e-9 * size * size:
                raise ValueError("a 2 x 2 determinant is not 0")
    return np.array([kernel[a, j] / kernel[i, j] for a in range(kh)]), kernel[i].copy()
