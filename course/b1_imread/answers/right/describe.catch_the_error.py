def describe(data: bytes) -> dict[str, int | str]:
    try:
        image = cv2.imdecode(np.asarray(bytearray(data), dtype=np.uint8), -1)
    except cv2.error as error:
        raise ValueError("no bytes") from error
    if image is None:
        raise ValueError("not an image")
    height, width, *rest = image.shape
    channels = rest[0] if rest else 1
    return dict(
        height=height,
        width=width,
        channels=channels,
        dtype=image.dtype.name,
        file_bytes=len(data),
        array_bytes=height * width * channels * image.itemsize,
    )
