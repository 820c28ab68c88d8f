# message: float16 is good to three digits only
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = (vectors @ query).astype(np.float16)
    order = np.argsort(-scores, kind="stable")[:k]
    return order, scores[order]
