# message: A (1, 3) matrix is not a vector
def integer_dot(a, b):
    if a.size != b.size or a.ndim == b.ndim == 2:
        raise ValueError("sizes")
    return int(a.ravel().astype(np.int64) @ b.ravel().astype(np.int64))
