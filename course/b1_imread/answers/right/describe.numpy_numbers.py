def describe(data: bytes) -> dict[str, int | str]:
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED) if len(data) > 0 else None
    if image is None:
        raise ValueError("The bytes are not an image.")
    cube = np.atleast_3d(image)
    height, width, channels = np.array(cube.shape)
    return {
        "array_bytes": np.int64(cube.nbytes),
        "file_bytes": len(data),
        "dtype": f"{cube.dtype}",
        "channels": channels,
        "width": width,
        "height": height,
    }
