def random_unit_vectors(count, dim, seed):
    rng = np.random.default_rng(seed)
    vectors = np.empty((count, dim), dtype=np.float32)
    for row in range(count):
        vector = rng.normal(size=dim)
        vectors[row] = vector / np.sqrt(np.dot(vector, vector))
    return vectors
