# message: The sum wrapped around
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return np.maximum(image.astype(np.int16) + amount, 0).astype(np.uint8)
