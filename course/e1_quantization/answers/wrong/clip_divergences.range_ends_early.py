# message: The last entry keeps all n bins
def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    result = []
    for kept in range(levels, len(counts)):
        inside = counts[:kept]
        p = inside.astype(float)
        p[-1] += counts[kept:].sum()
        groups = np.arange(kept) * levels // kept
        seen = inside > 0
        sums = np.bincount(groups, weights=inside, minlength=levels)
        occupied = np.bincount(groups, weights=seen, minlength=levels)
        q = np.where(seen, sums[groups] / np.maximum(occupied[groups], 1), 0.0)
        if ((p > 0) & (q == 0)).any():
            result.append(np.inf)
            continue
        p, q = p / p.sum(), q / q.sum()
        m = p > 0
        result.append((p[m] * np.log(p[m] / q[m])).sum())
    return np.array(result)
