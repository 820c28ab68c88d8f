# message: counts[:K] is a view
def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    result = []
    for kept in range(levels, len(counts) + 1):
        total = counts[kept:].sum()
        inside = counts[:kept].copy()
        counts[kept - 1] += total
        p = counts[:kept].astype(float)
        groups = np.arange(kept) * levels // kept
        sums = np.bincount(groups, weights=inside, minlength=levels)
        occupied = np.bincount(groups, weights=inside > 0, minlength=levels)
        counts[kept - 1] -= total
        q = np.where(inside > 0, sums[groups] / np.maximum(occupied[groups], 1), 0.0)
        if ((p > 0) & (q == 0)).any():
            result.append(np.inf)
            continue
        p, q = p / p.sum(), q / q.sum()
        result.append((p[p > 0] * np.log(p[p > 0] / q[p > 0])).sum())
    counts[-1] += 1
    return np.array(result)
