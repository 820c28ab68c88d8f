# message: widening the sum is too late
def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("shapes")
    return int((a * b).sum())
