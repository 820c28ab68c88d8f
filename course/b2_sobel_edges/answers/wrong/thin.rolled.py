# message: The image was continued at its other side
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    stays = np.zeros(magnitude.shape, bool)
    for number, (dy, dx) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        before, after = np.roll(magnitude, (dy, dx), (0, 1)), np.roll(magnitude, (-dy, -dx), (0, 1))
        second = magnitude > after if number % 2 else magnitude >= after
        stays |= (sector == number) & (magnitude > before) & second
    return np.where(stays, magnitude, 0)
