# message: The quadrants are lost
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        degrees = np.degrees(np.arctan(np.abs(gy / gx)))
    return np.rint(np.nan_to_num(degrees) / 45).astype(int)
