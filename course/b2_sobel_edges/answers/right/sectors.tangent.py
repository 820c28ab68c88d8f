def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    tangent = np.tan(np.radians(22.5))
    x, y = np.abs(gx.astype(np.float64)), np.abs(gy.astype(np.float64))
    diagonal = np.where((gx > 0) == (gy > 0), 1, 3)
    return np.where(y <= tangent * x, 0, np.where(x <= tangent * y, 2, diagonal))
