# message: The angles are in radians
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    return np.rint(np.arctan2(gy, gx) / 45).astype(int) % 4
