def top_k(query, vectors, k):
    if k < 0:
        raise ValueError("negative k")
    k = min(k, len(vectors))
    rough = np.dot(vectors, query)
    order = np.argsort(-rough)
    limit = rough[order[k - 1]] - 2e-6 if k else np.inf
    near = np.sort(order[rough[order] >= limit])  # by index, so that a stable sort keeps ties in order
    cosines = np.vecdot(vectors[near], query)
    best = np.argsort(-cosines, kind="stable")[:k]
    return near[best].astype(np.int64), cosines[best]
