def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    u, s, vt = np.linalg.svd(kernel, full_matrices=False)
    best = s[0] * np.outer(u[:, 0], vt[0])
    if np.abs(best - kernel).max() > 1e-9 * s[0]:
        raise ValueError("not separable")
    return u[:, 0] * np.sqrt(s[0]), vt[0] * np.sqrt(s[0])
