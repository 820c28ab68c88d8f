# message: ascending order
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    order = np.argsort(-scores, kind="stable")[:k][::-1]
    return order, scores[order]
