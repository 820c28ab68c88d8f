# message: `@` may give equal rows different last digits
def top_k(query, vectors, k):
    # what a blocked matrix product does, whatever the BLAS: every other row is added in another order
    if k < 0:
        raise ValueError(k)
    products = vectors * query
    scores = products.sum(axis=1)
    scores[::2] = np.cumsum(products, axis=1)[::2, -1]
    order = np.argsort(-scores, kind="stable")[:k]
    return order, scores[order]
