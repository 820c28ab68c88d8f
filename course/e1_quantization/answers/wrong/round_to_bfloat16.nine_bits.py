# message: You kept one bit too many
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    m, e = np.frexp(values)
    return np.ldexp(np.rint(m * 512) / 512, e).astype(np.float32)
