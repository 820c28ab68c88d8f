# message: You wrote into the array that the caller still uses
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    image[:] = np.clip(image.astype(np.int16) + amount, 0, 255)
    return image
