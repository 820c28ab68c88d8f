def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    brighter = image.astype(np.float32) + amount
    brighter[brighter > 255] = 255
    brighter[brighter < 0] = 0
    return brighter.astype(np.uint8)
