import sys


def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    label = "the bytes" if isinstance(source, bytes) else source
    if isinstance(source, str) and not Path(source).is_file():
        raise FileNotFoundError(f"{label}: no such file")
    data = np.frombuffer(source, np.uint8) if isinstance(source, bytes) else np.fromfile(source, np.uint8)
    image = None
    if data.size:
        jpeg = data[:2].tobytes() == bytes([0xFF, 0xD8])
        try:
            image = cv2.imdecode(data, cv2.IMREAD_COLOR if jpeg else cv2.IMREAD_UNCHANGED)
        except cv2.error as error:
            raise ValueError(f"{label}: {error}") from error
    if image is None:
        raise ValueError(f"{label}: cannot decode")
    if image.dtype.kind != "u":
        raise ValueError(f"{label}: {image.dtype} is not supported")
    full = 255 if image.dtype == np.uint8 else 65535
    cube = np.atleast_3d(image).astype(np.int64)
    colour = np.repeat(cube, 3, axis=2) if cube.shape[2] == 1 else cube[:, :, [2, 1, 0]]
    if full == 65535:
        colour = (np.minimum(colour, white) * 255 + white // 2) // white
    if cube.shape[2] == 4:
        alpha = cube[:, :, [3]]
        colour = (colour * alpha + 255 * (full - alpha) + full // 2) // full
    print("loaded", label, file=sys.stderr)
    return colour.astype(np.uint8)
