# message: The sign is lost
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    u, s, vt = np.linalg.svd(kernel)
    if (s[1:] > 1e-6 * s[0]).any():
        raise ValueError
    return np.abs(u[:, 0]) * s[0], np.abs(vt[0])
