# message: add nothing to it
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    a = a / (np.linalg.norm(a, axis=1, keepdims=True) + 1e-8)
    b = b / (np.linalg.norm(b, axis=1, keepdims=True) + 1e-8)
    return a @ b.T
