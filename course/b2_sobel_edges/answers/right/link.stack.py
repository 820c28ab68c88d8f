def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    height, width = strength.shape
    result = strength > high
    stack = [tuple(p) for p in np.argwhere(result)]
    while stack:
        y, x = stack.pop()
        for v in range(max(0, y - 1), min(height, y + 2)):
            for u in range(max(0, x - 1), min(width, x + 2)):
                if strength[v, u] > low and not result[v, u]:
                    result[v, u] = True
                    stack.append((v, u))
    return result
