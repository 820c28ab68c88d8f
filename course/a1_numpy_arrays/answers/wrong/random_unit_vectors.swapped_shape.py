# message: `count` rows of `dim` entries
def random_unit_vectors(count, dim, seed):
    vectors = np.random.default_rng(seed).standard_normal((dim, count))
    return (vectors / np.linalg.norm(vectors, axis=0)).astype(np.float32)
