# message: Column and row are exchanged
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    u, s, vt = np.linalg.svd(kernel)
    if (s[1:] > 1e-6 * s[0]).any():
        raise ValueError
    return vt[0], u[:, 0] * s[0]
