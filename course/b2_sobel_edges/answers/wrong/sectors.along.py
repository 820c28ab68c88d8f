# message: This is the direction along the edge
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64)))
    return np.rint((degrees + 90) / 45).astype(int) % 4
