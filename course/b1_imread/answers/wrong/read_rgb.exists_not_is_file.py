# message: ask is_file(), not exists()
def read_rgb(path: str) -> np.ndarray:
    if not Path(path).exists():
        raise FileNotFoundError(path)
    bgr = cv2.imread(path)
    if bgr is None:
        raise ValueError(path)
    return bgr[:, :, ::-1]
