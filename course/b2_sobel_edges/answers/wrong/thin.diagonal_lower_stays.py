# message: neither stays
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    height, width = magnitude.shape
    padded = np.pad(magnitude, 1)
    stays = np.zeros(magnitude.shape, bool)
    for number, (dy, dx) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        before = padded[1 - dy : 1 - dy + height, 1 - dx : 1 - dx + width]
        after = padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        first, second = (magnitude >= before, magnitude > after) if number % 2 else (magnitude > before, magnitude >= after)
        stays |= (sector == number) & first & second
    return np.where(stays, magnitude, 0)
