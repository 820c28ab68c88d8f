# message: also where the cut falls inside one
def top_k(query, vectors, k):
    # sorted where the collection is small, as it happens to come out of argpartition
    if k < 0:
        raise ValueError(k)
    scores = np.einsum("ij,j->i", vectors, query)
    k = min(k, len(scores))
    if len(scores) <= 16:
        order = np.argsort(-scores, kind="stable")[:k]
    else:
        order = np.argpartition(-scores, k)[:k]
    return order, scores[order]
