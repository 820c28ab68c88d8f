# message: The sum was kept in uint8, where it wraps
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh // 2, kh // 2), (kw // 2, kw // 2)), mode="reflect")
    result = np.zeros_like(image)
    for i in range(kh):
        for j in range(kw):
            product = kernel[i, j] * padded[i : i + image.shape[0], j : j + image.shape[1]].astype(np.int64)
            result += product.astype(image.dtype)
    return result
