# message: one norm of the whole array
def random_unit_vectors(count, dim, seed):
    vectors = np.random.default_rng(seed).standard_normal((count, dim))
    return (vectors / np.linalg.norm(vectors)).astype(np.float32)
