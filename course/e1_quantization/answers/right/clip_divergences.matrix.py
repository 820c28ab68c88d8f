def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    n = len(counts)
    result = np.full(n - levels + 1, np.inf)
    for kept in range(levels, n + 1):
        c = counts[:kept].astype(float)
        p = c.copy()
        p[-1] += counts[kept:].sum()
        belongs = np.equal.outer(np.arange(levels), np.arange(kept) * levels // kept).astype(float)  # (levels, kept)
        sums, used = belongs @ c, belongs @ (c > 0)
        share = np.divide(sums, used, out=np.zeros(levels), where=used > 0)
        q = (share @ belongs) * (c > 0)
        if q.sum() > 0:
            p, q = p / p.sum(), q / q.sum()
            with np.errstate(divide="ignore"):
                result[kept - levels] = np.sum(p[p > 0] * (np.log(p[p > 0]) - np.log(q[p > 0])))
    return result
