# message: there is no sector 4
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64)))
    return np.rint(np.where(degrees < 0, degrees + 180, degrees) / 45).astype(int)
