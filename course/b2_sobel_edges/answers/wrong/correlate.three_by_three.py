# message: Pad rows by half
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    padded = np.pad(image.astype(np.float64), 1, mode="reflect")
    result = np.zeros(image.shape)
    for i in range(min(3, kernel.shape[0])):
        for j in range(min(3, kernel.shape[1])):
            result += kernel[i, j] * padded[i : i + image.shape[0], j : j + image.shape[1]]
    return result
