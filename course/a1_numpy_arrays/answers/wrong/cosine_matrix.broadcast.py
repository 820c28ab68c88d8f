# message: different numbers are an error
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    n, m = np.linalg.norm(a, axis=1, keepdims=True), np.linalg.norm(b, axis=1, keepdims=True)
    n[n == 0] = 1
    m[m == 0] = 1
    return np.sum((a / n)[:, None, :] * (b / m)[None, :, :], axis=2)
