# message: Only the inner pixels were looked at
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    result = np.zeros_like(magnitude)
    steps = [(0, 1), (1, 1), (1, 0), (1, -1)]
    for y in range(1, magnitude.shape[0] - 1):
        for x in range(1, magnitude.shape[1] - 1):
            dy, dx = steps[int(sector[y, x])]
            here, before, after = magnitude[y, x], magnitude[y - dy, x - dx], magnitude[y + dy, x + dx]
            if here > before and (here > after if dy * dx else here >= after):
                result[y, x] = here
    return result
