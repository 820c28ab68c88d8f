import warnings


def top_k(query, vectors, k):
    warnings.warn("converting to float64 doubles the memory", stacklevel=2)
    if k < 0:
        raise ValueError(k)
    scores = (vectors.astype(np.float64) * query.astype(np.float64)).sum(axis=1)
    order = np.lexsort((np.arange(len(scores)), -scores))[: min(k, len(scores))]
    return order.astype(np.int64), scores[order]
