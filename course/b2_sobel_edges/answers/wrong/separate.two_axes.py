# message: Two vectors with one axis each
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    u, s, vt = np.linalg.svd(kernel)
    if (s[1:] > 1e-6 * s[0]).any():
        raise ValueError
    return u[:, :1] * s[0], vt[:1]
