# message: 45 and 135 degrees are exchanged
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    return np.rint(np.degrees(np.arctan2(-gy, gx)) / 45).astype(int) % 4
