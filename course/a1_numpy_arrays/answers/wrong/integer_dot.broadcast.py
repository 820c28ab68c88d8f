# message: `a * b` broadcasts a single one
def integer_dot(a, b):
    return int(np.sum(a.astype(np.int64) * b.astype(np.int64)))
