def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    wide = values.astype(np.float64)
    _, exponent = np.frexp(wide)  # wide = m * 2**exponent with 0.5 <= m < 1
    step = np.ldexp(1.0, np.maximum(exponent - 8, -133))  # subnormals of bfloat16 are multiples of 2**-133
    with np.errstate(invalid="ignore", over="ignore"):
        rounded = np.rint(wide / step) * step
        result = np.where(np.isfinite(wide), rounded, wide).astype(np.float32)
    return np.copysign(result, values)
