# message: the two neighbours of its own sector
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    height, width = magnitude.shape
    padded = np.pad(magnitude.astype(np.float32), 1)
    stays = np.zeros(magnitude.shape, bool)
    for number, (dy, dx) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        before = padded[1 - dy : 1 - dy + height, 1 - dx : 1 - dx + width]
        after = padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        second = magnitude.astype(np.float32) > after if number % 2 else magnitude.astype(np.float32) >= after
        stays |= (sector == number) & (magnitude.astype(np.float32) > before) & second
    return np.where(stays, magnitude, 0)
