# message: Rows and columns are exchanged
def read_rgb(path: str) -> np.ndarray:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    bgr = cv2.imread(path)
    if bgr is None:
        raise ValueError(path)
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB).transpose(1, 0, 2)
