# message: You cut at 0, 45 and 90 degrees
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64)))
    return (degrees % 180 // 45).astype(int)
