# message: 16 bits cannot hold these products
def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("shapes")
    return int(np.dot(a.astype(np.int16), b.astype(np.int16)))
