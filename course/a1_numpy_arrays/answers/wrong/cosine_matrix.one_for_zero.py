# message: You set the cosine of a zero row to 1
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    return np.nan_to_num(a @ b.T / np.outer(np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1)), nan=1.0)
