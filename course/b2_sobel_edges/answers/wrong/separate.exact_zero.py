# message: or compare a rounded number with exactly 0
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    u, s, vt = np.linalg.svd(kernel)
    if (s[1:] != 0).any():
        raise ValueError
    return u[:, 0] * s[0], vt[0]
