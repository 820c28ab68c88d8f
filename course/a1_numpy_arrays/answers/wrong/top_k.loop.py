# message: one product gives all scores
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = np.array([sum(float(x) * float(y) for x, y in zip(query, vector)) for vector in vectors])
    order = np.argsort(-scores, kind="stable")[:k]
    return order, scores[order]
