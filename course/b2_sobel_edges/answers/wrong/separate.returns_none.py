# message: should have raised an error
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    u, s, vt = np.linalg.svd(kernel)
    if (s[1:] > 1e-6 * s[0]).any():
        return None
    return u[:, 0] * s[0], vt[0]
