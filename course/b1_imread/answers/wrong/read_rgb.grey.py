# message: This is one grey channel
def read_rgb(path: str) -> np.ndarray:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    return cv2.imread(path, cv2.IMREAD_GRAYSCALE)
