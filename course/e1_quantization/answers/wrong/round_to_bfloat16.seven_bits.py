# message: you kept seven
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    m, e = np.frexp(values)
    return np.ldexp(np.rint(m * 128) / 128, e).astype(np.float32)
