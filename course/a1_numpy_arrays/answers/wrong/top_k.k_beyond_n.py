# message: out of bounds
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    if k:
        np.argpartition(scores, -k)
    order = np.argsort(-scores, kind="stable")[:k]
    return order, scores[order]
