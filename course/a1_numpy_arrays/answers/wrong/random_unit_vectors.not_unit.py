# message: The rows are not unit vectors
def random_unit_vectors(count, dim, seed):
    return np.random.default_rng(seed).standard_normal((count, dim)).astype(np.float32)
