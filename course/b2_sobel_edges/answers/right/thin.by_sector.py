def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    result = np.zeros(magnitude.shape, magnitude.dtype)
    padded = np.zeros((magnitude.shape[0] + 2, magnitude.shape[1] + 2), magnitude.dtype)
    padded[1:-1, 1:-1] = magnitude
    left, right = padded[1:-1, :-2], padded[1:-1, 2:]
    above, below = padded[:-2, 1:-1], padded[2:, 1:-1]
    for number, keep in (
        (0, (magnitude > left) & (magnitude >= right)),
        (1, magnitude > np.maximum(padded[:-2, :-2], padded[2:, 2:])),
        (2, (magnitude > above) & (magnitude >= below)),
        (3, magnitude > np.maximum(padded[:-2, 2:], padded[2:, :-2])),
    ):
        chosen = (sector == number) & keep
        result[chosen] = magnitude[chosen]
    return result
