# message: Only the first channel was changed
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return cv2.add(image, (amount,))
