# message: k = 0 asks for nothing
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    best = np.argpartition(scores, -k)[-k:]
    best = best[np.lexsort((best, -scores[best]))]
    return best, scores[best]
