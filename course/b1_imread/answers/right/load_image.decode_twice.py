import os


def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    if isinstance(source, str):
        if not os.path.isfile(source):
            raise FileNotFoundError(source)
        with open(source, "rb") as file:
            data = file.read()
        label = source
    else:
        data, label = source, "bytes"
    if len(data) == 0:
        raise ValueError(f"{label}: empty")
    buffer = np.frombuffer(data, dtype=np.uint8)
    try:
        stored = cv2.imdecode(buffer, cv2.IMREAD_UNCHANGED)
    except cv2.error:
        stored = None
    if stored is None:
        raise ValueError(f"{label}: not decodable")
    if stored.dtype not in ("uint8", "uint16"):
        raise ValueError(f"{label}: {stored.dtype}")
    upright = cv2.imdecode(buffer, cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH)[:, :, ::-1]
    levels = upright.astype(np.float64)
    if upright.dtype == np.uint16:
        levels = np.clip(levels / white, 0, 1) * 255
    if stored.ndim == 3 and stored.shape[2] == 4:
        full = 255 if stored.dtype == np.uint8 else 65535
        cover = stored[:, :, 3].astype(np.float64) / full
        for channel in range(3):
            levels[:, :, channel] = cover * levels[:, :, channel] + 255 * (1 - cover)
    return np.floor(levels + 0.5).astype(np.uint8)
