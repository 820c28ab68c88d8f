# message: check the number of axes
def integer_dot(a, b):
    if a.shape != b.shape:
        raise ValueError("shapes")
    return int(np.sum(a.astype(np.int64) * b.astype(np.int64)))
