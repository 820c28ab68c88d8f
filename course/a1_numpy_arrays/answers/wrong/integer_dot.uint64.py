# message: Negative entries need a signed type
def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("shapes")
    return int(np.dot(a.astype(np.uint64), b.astype(np.uint64)))
