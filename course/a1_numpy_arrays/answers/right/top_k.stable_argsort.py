def top_k(query, vectors, k):
    if k < 0:
        raise ValueError("k must not be negative")
    scores = np.einsum("ij,j->i", vectors, query)
    order = np.argsort(-scores, kind="stable")[:k]
    return order, scores[order]
