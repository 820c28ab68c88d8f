# message: expected  array([[[ 60, 160, 255]
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    return np.full_like(image, 255)
