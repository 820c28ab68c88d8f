# message: All rows are the same vector
def random_unit_vectors(count, dim, seed):
    rows = []
    for _ in range(count):
        row = np.random.default_rng(seed).standard_normal(dim)
        rows.append(row / np.linalg.norm(row))
    return np.array(rows, dtype=np.float32).reshape(count, dim)
