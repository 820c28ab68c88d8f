# message: These are not min(k, n) results
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = np.einsum("ij,j->i", vectors, query)
    order = np.argsort(-scores, kind="stable")[: max(k - 1, 0)]
    return order, scores[order]
