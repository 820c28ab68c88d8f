def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    import torch.nn.functional as functional

    c = torch.from_numpy(np.array(counts, np.float64))
    rows = []
    for kept in range(levels, len(c) + 1):
        p = c[:kept].clone()
        p[-1] += c[kept:].sum()
        groups = torch.arange(kept) * levels // kept
        sums = torch.zeros(levels, dtype=torch.float64).index_add(0, groups, c[:kept])
        used = torch.zeros(levels, dtype=torch.float64).index_add(0, groups, (c[:kept] > 0).double())
        q = torch.where(c[:kept] > 0, (sums / used.clamp(min=1))[groups], 0.0)
        if bool(((p > 0) & (q == 0)).any()):
            rows.append(float("inf"))
        else:
            rows.append(float(functional.kl_div((q / q.sum()).log()[p > 0], (p / p.sum())[p > 0], reduction="sum")))
    return np.array(rows)
