# message: bends short vectors
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    a = a / (np.linalg.norm(a, axis=1, keepdims=True) + 1e-16)
    b = b / (np.linalg.norm(b, axis=1, keepdims=True) + 1e-16)
    return a @ b.T
