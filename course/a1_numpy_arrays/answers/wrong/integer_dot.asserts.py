# message: an assert raises AssertionError
def integer_dot(a, b):
    assert a.ndim == b.ndim == 1 and a.shape == b.shape
    return int(a.astype(np.int64) @ b.astype(np.int64))
