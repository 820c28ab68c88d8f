# message: joined the right border to the left one
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    result = strength > high
    while True:
        grown = result.copy()
        for dy in (-1, 0, 1):
            for dx in (-1, 0, 1):
                grown |= np.roll(result, (dy, dx), (0, 1))
        grown &= strength > low
        if (grown == result).all():
            return result
        result = grown
