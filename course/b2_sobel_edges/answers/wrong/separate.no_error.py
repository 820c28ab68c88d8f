# message: No column times a row
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    u, s, vt = np.linalg.svd(kernel)
    return u[:, 0] * s[0], vt[0]
