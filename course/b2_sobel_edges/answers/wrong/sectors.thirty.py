# message: the sector changes at 22.5
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy, gx)) % 180
    return np.select([degrees < 20, degrees < 70, degrees < 110, degrees < 160], [0, 1, 2, 3], 0)
