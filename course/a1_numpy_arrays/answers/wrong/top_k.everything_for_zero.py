# message: k = 0 asks for nothing
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    best = np.arange(len(scores))[np.argsort(scores[::-1], kind="stable")[-k:]]
    best = (len(scores) - 1 - best)[::-1]
    return best, scores[best]
