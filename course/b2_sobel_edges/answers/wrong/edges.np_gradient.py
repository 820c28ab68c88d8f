# message: A tuple of three float64 arrays
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    gy, gx = np.gradient(np.float64(image))
    return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
