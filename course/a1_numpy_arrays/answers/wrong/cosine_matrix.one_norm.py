# message: each row is divided by its own length
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    return a @ b.T / (np.linalg.norm(a) * np.linalg.norm(b))
