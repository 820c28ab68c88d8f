# message: start a new stream from the seed inside the function
def random_unit_vectors(count, dim, seed):
    vectors = np.random.default_rng().standard_normal((count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
