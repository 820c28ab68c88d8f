# message: The largest float32 lies nearer
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    bits = values.view(np.uint32)
    rounded = ((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000).view(np.float32)
    largest = np.uint32(0x7F7F0000).view(np.float32)
    rounded = np.where(np.isinf(values), values, np.clip(rounded, -largest, largest))
    return np.where(np.isnan(values), values, rounded)
