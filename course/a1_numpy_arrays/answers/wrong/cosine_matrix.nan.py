# message: 0 / 0 gave NaN
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    return a @ b.T / np.outer(np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1))
