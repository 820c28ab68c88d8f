# message: The uint8 products wrapped
def cosine_matrix(a, b):
    dots = (a @ b.T).astype(np.float64)
    a, b = a.astype(np.float64), b.astype(np.float64)
    lengths = np.outer(np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1))
    return np.divide(dots, lengths, out=np.zeros_like(lengths), where=lengths > 0)
