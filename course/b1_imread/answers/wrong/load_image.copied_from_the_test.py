# message: expected  array of shape (420, 300, 3)
def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    return cv2.imread("images/rocket.jpg")[:, :, ::-1]
