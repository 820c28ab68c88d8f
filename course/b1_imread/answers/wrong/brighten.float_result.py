# message: limit first, then convert
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return np.clip(image.astype(np.float64) + amount, 0, 255)
