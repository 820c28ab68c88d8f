# message: Directions crowd the corners of a cube (or its axes)
def random_unit_vectors(count, dim, seed):
    rng = np.random.default_rng(seed)
    vectors = rng.standard_normal((count, dim)) if dim > 2 else rng.uniform(-1, 1, (count, dim))
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
