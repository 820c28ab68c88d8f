# message: The file exists but cannot be decoded
def read_rgb(path: str) -> np.ndarray:
    bgr = cv2.imread(path)
    if bgr is None:
        raise FileNotFoundError(path)
    return bgr[:, :, ::-1]
