# message: The difference wrapped around below 0
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return np.minimum(image.astype(np.int16) + amount, 255).astype(np.uint8)
