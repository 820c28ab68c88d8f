# message: a recursive function runs into
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    result = np.zeros(strength.shape, bool)


    def visit(y, x):
        if 0 <= y < strength.shape[0] and 0 <= x < strength.shape[1] and not result[y, x] and strength[y, x] > low:
            result[y, x] = True
            for dy in (-1, 0, 1):
                for dx in (-1, 0, 1):
                    visit(y + dy, x + dx)


    for y, x in np.argwhere(strength > high):
        visit(int(y), int(x))
    return result
