# message: You scaled the values by the brightest one
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    total = image + float(amount)
    return np.rint(total * 255 / total.max()).astype(np.uint8)
