def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    counts = [int(c) for c in counts]
    result = []
    for kept in range(levels, len(counts) + 1):
        p = counts[:kept]
        p[-1] += sum(counts[kept:])
        sums, used = [0] * levels, [0] * levels
        for i in range(kept):
            group = i * levels // kept
            sums[group] += counts[i]
            used[group] += counts[i] > 0
        q = [sums[i * levels // kept] / used[i * levels // kept] if counts[i] else 0.0 for i in range(kept)]
        total, d = sum(q), 0.0
        for a, b in zip(p, q):
            if a > 0 and b == 0:
                d = float("inf")
            elif a > 0 and d != float("inf"):
                d += a / sum(p) * float(np.log(a / sum(p) / (b / total)))
        result.append(d)
    return np.array(result)
