import heapq


def top_k(query, vectors, k):
    if k < 0:
        raise ValueError("negative k")
    scores = [float(np.dot(vector, query)) for vector in vectors]  # one row at a time: identical rows tie
    best = heapq.nsmallest(k, range(len(scores)), key=lambda i: (-scores[i], i))
    return np.array(best, dtype=np.int64), np.array([scores[i] for i in best], dtype=np.float64)
