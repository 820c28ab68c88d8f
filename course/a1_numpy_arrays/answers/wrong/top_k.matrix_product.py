# message: `@` may give equal rows different last digits
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    order = np.argsort(-scores, kind="stable")[:k]
    return order, scores[order]
