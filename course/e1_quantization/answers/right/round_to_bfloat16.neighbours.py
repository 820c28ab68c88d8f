def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    result = np.empty_like(values)
    for index in np.ndindex(values.shape):
        value = values[index]
        if np.isnan(value) or np.isinf(value):
            result[index] = value
            continue
        pattern = int(value.view(np.uint32))
        below = pattern & 0xFFFF0000
        rest = pattern & 0xFFFF
        up = rest > 0x8000 or (rest == 0x8000 and (below >> 16) % 2 == 1)
        result[index] = np.uint32(below + (0x10000 if up else 0)).view(np.float32)
    return result
