# message: Indices are whole numbers
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    scores = vectors @ query
    order = np.argsort(-scores, kind="stable")[:k]
    return order.astype(float), scores[order]
