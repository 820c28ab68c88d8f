# message: pixels that you had set to 0 already
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    result = np.pad(magnitude, 1)
    steps = [(0, 1), (1, 1), (1, 0), (1, -1)]
    for y, x in np.ndindex(magnitude.shape):
        dy, dx = steps[int(sector[y, x])]
        here, before, after = result[y + 1, x + 1], result[y + 1 - dy, x + 1 - dx], result[y + 1 + dy, x + 1 + dx]
        if not (here > before and (here > after if dy * dx else here >= after)):
            result[y + 1, x + 1] = 0
    return result[1:-1, 1:-1]
