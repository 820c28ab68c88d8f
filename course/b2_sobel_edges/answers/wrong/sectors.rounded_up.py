# message: You rounded up
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64)))
    return np.ceil(degrees % 180 / 45).astype(int) % 4
