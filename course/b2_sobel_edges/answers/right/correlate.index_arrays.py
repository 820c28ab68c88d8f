def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    def mirrored(length, reach):
        positions = np.arange(-reach, length + reach)
        if length == 1:
            return np.zeros_like(positions)
        period = 2 * (length - 1)
        positions = positions % period
        return np.where(positions < length, positions, period - positions)

    (height, width), (kh, kw) = image.shape, kernel.shape
    rows, columns = mirrored(height, kh // 2), mirrored(width, kw // 2)
    total = np.zeros((height, width))
    for (i, j), weight in np.ndenumerate(kernel):
        shifted = image[np.ix_(rows[i : i + height], columns[j : j + width])]
        total = total + float(weight) * shifted.astype(np.float64)
    return total
