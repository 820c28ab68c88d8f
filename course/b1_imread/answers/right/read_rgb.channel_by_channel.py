import warnings


def read_rgb(path: str) -> np.ndarray:
    warnings.warn("read_rgb is slow", stacklevel=2)
    if not Path(path).exists() or Path(path).is_dir():
        raise FileNotFoundError(f"{path} does not exist or is a folder")
    bgr = cv2.imread(path)
    if bgr is None:
        raise ValueError(f"{path} is no image")
    rgb = np.zeros_like(bgr)
    for channel in range(3):
        rgb[:, :, channel] = bgr[:, :, 2 - channel]
    return rgb
