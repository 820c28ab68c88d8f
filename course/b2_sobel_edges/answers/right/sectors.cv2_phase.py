def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    degrees = cv2.phase(gx.astype(np.float64), gy.astype(np.float64), angleInDegrees=True)
    return ((degrees + 22.5) // 45).astype(np.int32) % 4
