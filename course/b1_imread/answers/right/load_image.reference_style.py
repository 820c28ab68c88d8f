def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    if isinstance(source, bytes):
        name, data = "the bytes", source
    elif Path(source).is_file():
        name, data = source, Path(source).read_bytes()
    else:
        raise FileNotFoundError(source)
    flag = cv2.IMREAD_COLOR if data.startswith(b"\xff\xd8") else cv2.IMREAD_UNCHANGED
    try:
        stored = cv2.imdecode(np.frombuffer(data, np.uint8), flag)
    except cv2.error as error:
        raise ValueError(name) from error
    if stored is None:
        raise ValueError(name)
    if stored.dtype not in (np.uint8, np.uint16):
        raise ValueError(f"{name}: {stored.dtype}")
    if stored.ndim == 2:
        stored = cv2.cvtColor(stored, cv2.COLOR_GRAY2BGR)
    colour = stored[:, :, 2::-1].astype(np.float64)
    if stored.dtype == np.uint16:
        colour = np.minimum(colour, white) / white * 255
    if stored.shape[2] == 4:
        cover = stored[:, :, 3:] / np.iinfo(stored.dtype).max
        colour = cover * colour + (1 - cover) * 255
    return np.rint(colour).astype(np.uint8)
