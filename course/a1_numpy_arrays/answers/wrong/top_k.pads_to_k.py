# message: k may exceed n
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    order = np.argsort(-scores, kind="stable")[:k]
    indices, cosines = np.full(k, -1), np.full(k, -np.inf)
    indices[: len(order)], cosines[: len(order)] = order, scores[order]
    return indices, cosines
