def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    lengths = np.outer(np.sqrt((a * a).sum(axis=1)), np.sqrt((b * b).sum(axis=1)))
    return np.divide(a @ b.T, lengths, out=np.zeros_like(lengths), where=lengths > 0)
