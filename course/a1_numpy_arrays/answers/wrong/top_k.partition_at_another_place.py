# message: only position p holds the value of a sort
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    k = min(k, len(vectors))
    if k == 0:
        return np.zeros(0, np.int64), np.zeros(0)
    scores = vectors @ query
    threshold = np.partition(scores, k - 1)[len(scores) - k]
    candidates = np.flatnonzero(scores >= threshold - 1e-5)
    cosines = np.einsum("ij,j->i", vectors[candidates].astype(np.float64), query.astype(np.float64))
    best = np.argsort(-cosines, kind="stable")[:k]
    return candidates[best], cosines[best]
