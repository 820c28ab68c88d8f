# message: also where the cut falls inside one
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = np.einsum("ij,j->i", vectors, query)
    if len(scores) < 16:
        order = np.argsort(-scores, kind="stable")[:k]
    else:
        order = np.argsort(scores, kind="stable")[::-1][:k]
    return order, scores[order]
