def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    bounds = np.array([low, high], np.float64)
    if not np.isfinite(bounds).all() or bounds[0] > bounds[1]:
        raise ValueError("bounds must be finite and in order")
    bounds = np.array([min(bounds[0], 0), max(bounds[1], 0)])
    width = np.ptp(bounds)
    scale = width / (2**bits - 1) if width > 0 else np.float64(1)
    zero = np.rint(-bounds[0] / scale).astype(np.int64) - (2 ** (bits - 1) if signed else 0)
    return scale, zero
