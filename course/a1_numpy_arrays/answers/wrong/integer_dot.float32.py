# message: float32 counts exactly only to 2**24
def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("shapes")
    return int(np.dot(a.astype(np.float32), b.astype(np.float32)))
