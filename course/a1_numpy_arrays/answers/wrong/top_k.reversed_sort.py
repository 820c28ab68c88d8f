# message: the tie goes to the larger index
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    order = np.argsort(scores, kind="stable")[::-1][:k]
    return order, scores[order]
