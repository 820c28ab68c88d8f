# message: P and Q are exchanged
def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    result = []
    for kept in range(levels, len(counts) + 1):
        inside = counts[:kept]
        p = inside.astype(float)
        p[-1] += counts[kept:].sum()
        groups = np.arange(kept) * levels // kept
        seen = inside > 0
        sums = np.bincount(groups, weights=inside, minlength=levels)
        occupied = np.bincount(groups, weights=seen, minlength=levels)
        q = np.where(seen, sums[groups] / np.maximum(occupied[groups], 1), 0.0)
        if ((q > 0) & (p == 0)).any():
            result.append(np.inf)
            continue
        p, q = p / p.sum(), q / q.sum()
        m = q > 0
        result.append((q[m] * np.log(q[m] / p[m])).sum())
    return np.array(result)
