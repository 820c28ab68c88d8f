# message: the square root is missing
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    lengths = np.outer((a**2).sum(axis=1), (b**2).sum(axis=1))
    return np.divide(a @ b.T, lengths, out=np.zeros_like(lengths), where=lengths > 0)
