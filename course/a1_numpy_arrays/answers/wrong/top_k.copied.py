# message: k = 0 asks for nothing
def top_k(query, vectors, k):
    return np.array([1, 3, 2]), np.array([1.0, 1.0, 0.6])
