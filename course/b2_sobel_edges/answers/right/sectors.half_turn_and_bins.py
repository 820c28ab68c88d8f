def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    half_turn = np.degrees(np.arctan2(gy.astype(np.float64), gx.astype(np.float64))) % 180
    return np.digitize(half_turn, [22.5, 67.5, 112.5, 157.5]) % 4
