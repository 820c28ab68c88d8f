# message: 16 bits cannot hold these products
def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("shapes")
    if a.dtype == np.int8 and b.dtype == np.int8:
        return int(np.sum(a.astype(np.int64) * b))
    return int(np.sum(a * b, dtype=np.int64))
