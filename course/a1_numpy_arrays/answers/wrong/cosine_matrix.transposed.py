# message: yours is (m, n)
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    norms = np.outer(np.linalg.norm(b, axis=1), np.linalg.norm(a, axis=1))
    return np.divide(b @ a.T, norms, out=np.zeros_like(norms), where=norms > 0)
