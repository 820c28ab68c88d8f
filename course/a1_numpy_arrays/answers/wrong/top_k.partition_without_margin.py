# message: `@` may give equal rows different last digits
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    k = min(k, len(scores))
    if k == 0:
        return np.zeros(0, np.int64), np.zeros(0)
    near = np.flatnonzero(scores >= np.sort(scores)[-k])
    best = near[np.argsort(-scores[near], kind="stable")[:k]]
    return best, scores[best]
