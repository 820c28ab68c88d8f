# message: the smaller index
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    k = min(k, len(scores))
    order = np.argpartition(scores, -k)[-k:] if k else np.zeros(0, np.int64)
    return order, scores[order]
