# message: Arrays are not equal
def best(scores, k):
    return np.argsort(scores, axis=1)[:, :k]
