# message: it rounds to 4
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64))) % 180
    return np.rint(degrees / 45).astype(int)
