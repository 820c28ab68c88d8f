def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    if isinstance(source, str):
        if not Path(source).is_file():
            raise FileNotFoundError(f"missing: {source}")
        where, data = source, Path(source).read_bytes()
    else:
        where, data = "upload", source
    try:
        array = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    except cv2.error:
        array = None
    if array is None:
        raise ValueError(f"broken: {where}")
    if data[:3] == b"\xff\xd8\xff":
        array = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if array.dtype not in (np.uint8, np.uint16):
        raise ValueError(f"{array.dtype} in {where}")
    if array.ndim == 2:
        array = np.dstack([array, array, array])
    image = torch.from_numpy(array.astype(np.float32))
    deep = array.dtype == np.uint16
    colour = (image[..., :3] / (white if deep else 255)).clamp(0, 1)
    if array.shape[2] == 4:
        alpha = image[..., 3:] / (65535 if deep else 255)
        colour = colour * alpha + 1 - alpha
    return (colour.flip(-1) * 255).round().to(torch.uint8).numpy()
