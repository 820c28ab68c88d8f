# message: A missing file, or a folder
def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    return cv2.imread("images/rocket.jpg")[:, :, ::-1]
