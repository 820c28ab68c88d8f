# message: A Python step per pixel
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    return correlate_slowly(image, kernel)
