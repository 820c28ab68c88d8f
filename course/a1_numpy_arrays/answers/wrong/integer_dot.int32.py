# message: int32 overflowed
def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("shapes")
    return int(np.dot(a.astype(np.int32), b.astype(np.int32)))
