# message: A missing file is a FileNotFoundError with the path
def read_rgb(path: str) -> np.ndarray:
    bgr = cv2.imread(path)
    if bgr is None:
        raise ValueError(f"could not read {path}")
    return bgr[:, :, ::-1]
