def integer_dot(a, b):
    if a.ndim != 1 or b.ndim != 1 or len(a) != len(b):
        raise ValueError("two vectors of the same length, please")
    return sum(x * y for x, y in zip(a.tolist(), b.tolist()))
