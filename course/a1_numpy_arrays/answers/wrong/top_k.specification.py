# message: one product gives all scores
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    return slow_top_k(query, vectors, k)
