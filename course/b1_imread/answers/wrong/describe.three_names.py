# message: A grey image decoded as stored has two axes
def describe(data: bytes) -> dict[str, int | str]:
    if not data:
        raise ValueError("empty")
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if image is None:
        raise ValueError("not an image")
    height, width, channels = image.shape
    return {
        "height": height,
        "width": width,
        "channels": channels,
        "dtype": str(image.dtype),
        "file_bytes": len(data),
        "array_bytes": image.nbytes,
    }
