# message: Products and sum ran in int8
def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("shapes")
    return int(a @ b)
