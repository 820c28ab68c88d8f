# message: You divided by the sum of the kernel
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    kh, kw = kernel.shape
    padded = np.pad(image.astype(np.float64), ((kh // 2, kh // 2), (kw // 2, kw // 2)), mode="reflect")
    result = np.zeros(image.shape)
    for i in range(kh):
        for j in range(kw):
            result += kernel[i, j] * padded[i : i + image.shape[0], j : j + image.shape[1]]
    return result / kernel.sum()
