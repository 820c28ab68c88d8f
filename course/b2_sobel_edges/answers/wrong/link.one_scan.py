# message: One pass is not enough
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    result = np.pad(strength > high, 1)
    for y, x in np.ndindex(strength.shape):
        if strength[y, x] > low and result[y : y + 3, x : x + 3].any():
            result[y + 1, x + 1] = True
    return result[1:-1, 1:-1]
