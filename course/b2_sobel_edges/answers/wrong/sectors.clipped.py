# message: sector 0, not 3
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64))) % 180
    return np.minimum(np.rint(degrees / 45), 3).astype(int)
