# message: Directions crowd the corners of a cube
def random_unit_vectors(count, dim, seed):
    vectors = np.random.default_rng(seed).uniform(-1, 1, (count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
