def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    if not all(np.isfinite(bound) for bound in (low, high)) or high < low:
        raise ValueError(f"bad range {low}..{high}")
    low, high = min(low, 0.0), max(high, 0.0)
    lowest, highest = (-(1 << bits - 1), (1 << bits - 1) - 1) if signed else (0, (1 << bits) - 1)
    if low == high:
        return 1.0, lowest
    scale = (high - low) / (highest - lowest)
    return scale, int(np.rint(lowest - low / scale))
