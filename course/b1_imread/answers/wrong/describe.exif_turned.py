# message: You let EXIF turn the photograph
def describe(data: bytes) -> dict[str, int | str]:
    if not data:
        raise ValueError("empty")
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_ANYCOLOR | cv2.IMREAD_ANYDEPTH)
    if image is None:
        raise ValueError("not an image")
    return {
        "height": image.shape[0],
        "width": image.shape[1],
        "channels": 1 if image.ndim == 2 else image.shape[2],
        "dtype": str(image.dtype),
        "file_bytes": len(data),
        "array_bytes": image.nbytes,
    }
