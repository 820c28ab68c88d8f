# message: gx and gy are exchanged
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    return np.rint(np.degrees(np.arctan2(gx, gy)) / 45).astype(int) % 4
