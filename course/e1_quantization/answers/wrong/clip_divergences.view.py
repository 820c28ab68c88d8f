# message: what you added to its last bin for P is in Q
def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    result = []
    for kept in range(levels, len(counts) + 1):
        p = counts[:kept]
        p[-1] += counts[kept:].sum()
        inside = counts[:kept]
        groups = np.arange(kept) * levels // kept
        sums = np.bincount(groups, weights=inside, minlength=levels)
        occupied = np.bincount(groups, weights=inside > 0, minlength=levels)
        q = np.where(inside > 0, sums[groups] / np.maximum(occupied[groups], 1), 0.0)
        if ((p > 0) & (q == 0)).any():
            result.append(np.inf)
            continue
        p, q = p / p.sum(), q / q.sum()
        result.append((p[p > 0] * np.log(p[p > 0] / q[p > 0])).sum())
    return np.array(result)
