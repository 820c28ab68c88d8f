# message: These are dot products
def cosine_matrix(a, b):
    return a.astype(np.float64) @ b.astype(np.float64).T
