# message: is not solved yet
def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    raise NotImplementedError()
