def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    height, width = strength.shape
    parent = {}

    def root(p):
        while parent[p] != p:
            parent[p] = parent[parent[p]]
            p = parent[p]
        return p

    for y in range(height):
        for x in range(width):
            if strength[y, x] > low:
                parent[y, x] = (y, x)
                for q in ((y, x - 1), (y - 1, x - 1), (y - 1, x), (y - 1, x + 1)):
                    if q in parent:
                        parent[root(q)] = root((y, x))
    strong = {root(p) for p in parent if strength[p] > high}
    result = np.zeros((height, width), dtype=bool)
    for p in parent:
        result[p] = root(p) in strong
    return result
