# message: a message that contains 'images/not_an_image.jpg'
def read_rgb(path: str) -> np.ndarray:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    bgr = cv2.imread(path)
    if bgr is None:
        raise ValueError("cannot decode")
    return bgr[:, :, ::-1]
