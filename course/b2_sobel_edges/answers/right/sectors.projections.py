def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    x, y = gx.astype(np.float64), gy.astype(np.float64)
    angles = np.radians([0, 45, 90, 135])
    lengths = np.abs(np.multiply.outer(np.cos(angles), x) + np.multiply.outer(np.sin(angles), y))  # (4, H, W)
    return np.argmax(lengths, axis=0)
