def read_rgb(path: str) -> np.ndarray:
    bgr = cv2.imread(path)
    if bgr is None:
        if Path(path).is_file():
            raise ValueError(f"{path!r} is not an image")
        raise FileNotFoundError(f"{path!r} is not there")
    return np.ascontiguousarray(np.flip(bgr, axis=-1))
