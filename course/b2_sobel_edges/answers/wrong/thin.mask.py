# message: Return the magnitude of a crest
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    height, width = magnitude.shape
    padded = np.pad(magnitude, 1)
    stays = np.zeros(magnitude.shape, bool)
    for number, (dy, dx) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        before = padded[1 - dy : 1 - dy + height, 1 - dx : 1 - dx + width]
        after = padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        second = magnitude > after if number % 2 else magnitude >= after
        stays |= (sector == number) & (magnitude > before) & second
    return stays
