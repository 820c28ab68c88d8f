# message: changed argument 1
def cosine_matrix(a, b):
    a, b = np.asarray(a, dtype=np.float64), np.asarray(b, dtype=np.float64)
    n, m = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    n[n == 0] = 1
    m[m == 0] = 1
    a /= n
    b /= m
    return a @ b.T
