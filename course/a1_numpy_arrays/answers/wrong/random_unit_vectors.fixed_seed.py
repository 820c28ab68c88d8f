# message: The seed makes no difference
def random_unit_vectors(count, dim, seed):
    vectors = np.random.default_rng(0).standard_normal((count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
