def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    rows = np.pad(image.astype(np.int64), 1, mode="edge")
    height, width = image.shape
    gx = (rows[:-2, 2:] + 2 * rows[1:-1, 2:] + rows[2:, 2:]) - (rows[:-2, :-2] + 2 * rows[1:-1, :-2] + rows[2:, :-2])
    gy = (rows[2:, :-2] + 2 * rows[2:, 1:-1] + rows[2:, 2:]) - (rows[:-2, :-2] + 2 * rows[:-2, 1:-1] + rows[:-2, 2:])
    power = gx * gx + gy * gy
    tangent = 2**0.5 - 1
    peaks = np.zeros(image.shape, bool)
    for y, x in np.argwhere(power > low * low):
        s, t = int(gx[y, x]), int(gy[y, x])
        if abs(t) < tangent * abs(s):
            dy, dx = 0, 1
        elif abs(s) < tangent * abs(t):
            dy, dx = 1, 0
        else:
            dy, dx = 1, 1 if (s > 0) == (t > 0) else -1
        here = power[y, x]
        before = power[y - dy, x - dx] if 0 <= y - dy and 0 <= x - dx < width else 0
        after = power[y + dy, x + dx] if y + dy < height and 0 <= x + dx < width else 0
        peaks[y, x] = here > before and (here > after or here == after and dy * dx == 0)
    stack = [tuple(p) for p in np.argwhere(peaks & (power > high * high))]
    found = np.zeros(image.shape, bool)
    while stack:
        y, x = stack.pop()
        if found[y, x]:
            continue
        found[y, x] = True
        stack += [
            (v, u)
            for v in range(max(0, y - 1), min(height, y + 2))
            for u in range(max(0, x - 1), min(width, x + 2))
            if peaks[v, u] and not found[v, u]
        ]
    return found
