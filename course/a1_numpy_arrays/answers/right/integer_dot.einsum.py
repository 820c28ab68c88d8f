def integer_dot(a, b):
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("not two vectors of one length")
    return int(np.einsum("i,i->", a, b, dtype=np.int64))
