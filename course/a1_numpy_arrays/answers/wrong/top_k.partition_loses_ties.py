# message: the smallest indices must survive it
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = np.einsum("ij,j->i", vectors, query)
    if k >= len(scores) or len(scores) < 100:
        order = np.argsort(-scores, kind="stable")[:k]
    else:
        best = np.argpartition(-scores, k)[:k]
        order = best[np.lexsort((best, -scores[best]))]
    return order, scores[order]
