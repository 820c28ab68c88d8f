# message: uniform on [0, 1) gives cosines of 0.75
def random_unit_vectors(count, dim, seed):
    vectors = np.random.default_rng(seed).random((count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
