# message: A second call gave other numbers
shared = np.random.default_rng(1)


def random_unit_vectors(count, dim, seed):
    vectors = shared.standard_normal((count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
