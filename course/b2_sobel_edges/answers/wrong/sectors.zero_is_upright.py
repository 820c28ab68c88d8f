# message: A gradient of zero is sector 0
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64)))
    return np.where(gx == 0, 2, np.rint(degrees / 45).astype(int) % 4)
