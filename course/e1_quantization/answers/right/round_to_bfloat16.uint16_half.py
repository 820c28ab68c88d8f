def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    pattern = np.ascontiguousarray(values).view(np.uint32)
    upper = (pattern >> np.uint32(16)).astype(np.uint32)
    lower = pattern & np.uint32(0xFFFF)
    up = (lower > 0x8000) | ((lower == 0x8000) & (upper % 2 == 1))
    cast = ((upper + up.astype(np.uint32)) << np.uint32(16)).view(np.float32).copy()
    cast[np.isnan(values)] = np.nan
    return cast
