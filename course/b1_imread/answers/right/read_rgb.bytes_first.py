def read_rgb(path: str) -> np.ndarray:
    try:
        data = Path(path).read_bytes()
    except (FileNotFoundError, IsADirectoryError) as error:
        raise FileNotFoundError(path) from error
    bgr = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR) if data else None
    if bgr is None:
        raise ValueError(path)
    return bgr[:, :, ::-1]
