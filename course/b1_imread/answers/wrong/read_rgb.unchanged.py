# message: The photograph lies on its side
def read_rgb(path: str) -> np.ndarray:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    image = cv2.imread(path, cv2.IMREAD_UNCHANGED)
    if image is None:
        raise ValueError(path)
    if image.ndim == 2:
        image = cv2.cvtColor(image, cv2.COLOR_GRAY2BGR)
    return image[:, :, ::-1]
