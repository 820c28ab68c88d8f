# message: imread fills a cut-off JPEG with grey
def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    if isinstance(source, bytes):
        name = "the bytes"
        stored = cv2.imdecode(np.frombuffer(source, np.uint8), cv2.IMREAD_UNCHANGED) if source else None
    elif Path(source).is_file():
        name = source
        stored = cv2.imread(source, cv2.IMREAD_COLOR if source.endswith("jpg") else cv2.IMREAD_UNCHANGED)
    else:
        raise FileNotFoundError(source)
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
