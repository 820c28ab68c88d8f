def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    height, width = magnitude.shape
    padded = np.pad(magnitude, 1)
    y, x = np.mgrid[1 : height + 1, 1 : width + 1]
    dy, dx = np.array([0, 1, 1, 1])[sector], np.array([1, 1, 0, -1])[sector]
    before, after = padded[y - dy, x - dx], padded[y + dy, x + dx]
    stays = (magnitude > before) & ((magnitude > after) | ((sector % 2 == 0) & (magnitude == after)))
    return magnitude * stays
