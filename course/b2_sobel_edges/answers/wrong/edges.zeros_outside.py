# message: the frame of the image becomes an edge
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    p = np.pad(np.float64(image), 1)
    down, across = p[:-2] + 2 * p[1:-1] + p[2:], p[:, :-2] + 2 * p[:, 1:-1] + p[:, 2:]
    gx, gy = down[:, 2:] - down[:, :-2], across[2:] - across[:-2]
    return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
