def cosine_matrix(a, b):
    # the warning of 0 / 0 goes to stderr; the NaN itself is replaced before the product
    a, b = a.astype(np.float64), b.astype(np.float64)
    units = [np.nan_to_num(v / np.linalg.norm(v, axis=1)[:, None], nan=0.0) for v in (a, b)]
    return np.clip(units[0] @ units[1].T, -1.0, 1.0)
