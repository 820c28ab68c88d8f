# message: abs(-32768) does not exist
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    x, y = np.abs(gx), np.abs(gy)
    slanted = (np.tan(np.radians(22.5)) * x < y) & (np.tan(np.radians(22.5)) * y < x)
    diagonal = np.where((gx > 0) == (gy > 0), 1, 3)
    return np.where(slanted, diagonal, np.where(y > x, 2, 0))
