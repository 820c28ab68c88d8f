import warnings


def random_unit_vectors(count, dim, seed):
    warnings.warn("RandomState is frozen; use a Generator", stacklevel=2)
    vectors = np.random.RandomState(seed).randn(count, dim)
    return (vectors.T / np.linalg.norm(vectors, axis=1)).T.astype("float32")
