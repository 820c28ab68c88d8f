# message: You ranked by absolute value
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    order = np.argsort(-np.abs(scores), kind="stable")[:k]
    return order, scores[order]
