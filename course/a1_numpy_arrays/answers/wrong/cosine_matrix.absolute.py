# message: You took absolute values
def cosine_matrix(a, b):
    a, b = a.astype(np.float64), b.astype(np.float64)
    lengths = np.outer(np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1))
    return np.abs(np.divide(a @ b.T, lengths, out=np.zeros_like(lengths), where=lengths > 0))
