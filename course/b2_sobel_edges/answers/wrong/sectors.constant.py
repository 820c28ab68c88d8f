# message: Angle of the line, in units of 45
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    return np.ones(gx.shape, int)
