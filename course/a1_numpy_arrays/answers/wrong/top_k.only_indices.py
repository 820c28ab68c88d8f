# message: Return two arrays
def top_k(query, vectors, k):
    if k < 0:
        raise ValueError(k)
    return np.argsort(-(vectors @ query), kind="stable")[:k]
