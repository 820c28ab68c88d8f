def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    before = {0: (0, -1), 1: (-1, -1), 2: (-1, 0), 3: (-1, 1)}
    height, width = magnitude.shape
    result = np.zeros_like(magnitude)
    for y in range(height):
        for x in range(width):
            dy, dx = before[int(sector[y, x])]
            first, second = (
                magnitude[v, u] if 0 <= v < height and 0 <= u < width else 0
                for v, u in ((y + dy, x + dx), (y - dy, x - dx))
            )
            here = magnitude[y, x]
            if here > first and (here > second or (dy == 0 or dx == 0) and here == second):
                result[y, x] = here
    return result
