def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    # Squaring a complex number doubles its angle: opposite arrows become one.
    line = (gx.astype(np.float64) + 1j * gy.astype(np.float64)) ** 2
    return (np.round(np.angle(line) / (np.pi / 2)) % 4).astype(np.uint8)
