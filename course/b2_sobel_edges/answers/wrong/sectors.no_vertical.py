# message: One full turn
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64)))
    return np.where(np.abs(degrees) > 150, 0, np.rint(degrees / 45).astype(int) % 4)
