# message: continued at its other end
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    kh, kw = kernel.shape
    wide = image.astype(np.float64)
    result = np.zeros(image.shape)
    for i in range(kh):
        for j in range(kw):
            result += kernel[i, j] * np.roll(wide, (kh // 2 - i, kw // 2 - j), axis=(0, 1))
    return result
