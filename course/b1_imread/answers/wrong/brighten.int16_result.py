# message: limit first, then convert
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return np.clip(image.astype(np.int16) + amount, 0, 255)
