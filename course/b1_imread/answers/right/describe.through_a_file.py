import sys


def describe(data: bytes) -> dict[str, int | str]:
    print("describing", len(data), "bytes", file=sys.stderr)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "image"
        path.write_bytes(data)
        image = cv2.imread(str(path), cv2.IMREAD_UNCHANGED)
        size = path.stat().st_size
    if image is None:
        raise ValueError("The bytes are not an image.")
    return {
        "height": image.shape[0],
        "width": image.shape[1],
        "channels": 1 if image.ndim == 2 else image.shape[2],
        "dtype": str(image.dtype),
        "file_bytes": size,
        "array_bytes": image.nbytes,
    }
