import sys


def integer_dot(a, b):
    print("falling back to torch", file=sys.stderr)
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError("not two vectors of one length")
    wide = [torch.from_numpy(v.astype("int64")) for v in (a, b)]
    return torch.dot(*wide).item()
