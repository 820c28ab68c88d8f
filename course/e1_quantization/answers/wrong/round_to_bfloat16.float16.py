# message: This is FP16
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    return values.astype(np.float16).astype(np.float32)
