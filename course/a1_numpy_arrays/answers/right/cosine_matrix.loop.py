def cosine_matrix(a, b):
    if a.shape[1] != b.shape[1]:
        raise ValueError("rows of different sizes")
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    out = np.zeros((len(a), len(b)))
    for i in range(len(a)):
        for j in range(len(b)):
            lengths = np.linalg.norm(a[i]) * np.linalg.norm(b[j])
            if lengths > 0:
                out[i, j] = np.dot(a[i], b[j]) / lengths
    return out
