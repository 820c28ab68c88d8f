# message: a slice would quietly accept it
def top_k(query, vectors, k):
    scores = vectors @ query
    order = np.argsort(-scores, kind="stable")[:k]
    return order, scores[order]
