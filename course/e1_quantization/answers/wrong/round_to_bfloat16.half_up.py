# message: 257 is a tie
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    rounded = ((values.view(np.uint32) + 0x8000) & 0xFFFF0000).view(np.float32)
    return np.where(np.isnan(values), values, rounded)
