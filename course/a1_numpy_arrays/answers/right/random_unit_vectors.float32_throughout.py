def random_unit_vectors(count, dim, seed):
    rng = np.random.Generator(np.random.Philox(seed))
    vectors = rng.standard_normal((count, dim), dtype=np.float32)
    vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, np.newaxis]
    return vectors
