def integer_dot(a, b):
    if a.ndim != 1 or b.ndim != 1 or a.size != b.size:
        raise ValueError(f"shapes {a.shape} and {b.shape}")
    # the largest sum, 2**52, is below the 2**53 to which float64 counts exactly
    return int(np.dot(a.astype(np.float64), b.astype(np.float64)))
