# message: The sum wrapped around
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return np.clip(image + np.array(amount).astype(np.uint8), 0, 255)
