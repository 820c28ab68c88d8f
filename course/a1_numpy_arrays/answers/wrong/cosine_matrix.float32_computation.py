# message: Computed in float32
def cosine_matrix(a, b):
    if a.dtype == b.dtype == np.uint8:
        a, b = a.astype(np.float64), b.astype(np.float64)
    lengths = np.outer(np.linalg.norm(a, axis=1), np.linalg.norm(b, axis=1))
    return np.divide(a @ b.T, lengths, out=np.zeros_like(lengths), where=lengths > 0).astype(np.float64)
