# message: expected  array of shape (16, 16, 3)
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return np.clip(image.astype(np.int16) + np.clip(amount, -128, 127), 0, 255).astype(np.uint8)
