# message: The task asks for a Python int
def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("shapes")
    return a.astype(np.int64) @ b.astype(np.int64)
