def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    if amount >= 0:
        step = np.uint8(min(amount, 255))
        return image + np.minimum(step, 255 - image)
    step = np.uint8(min(-amount, 255))
    return image - np.minimum(step, image)
