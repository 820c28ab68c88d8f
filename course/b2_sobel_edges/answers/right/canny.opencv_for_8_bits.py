def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    if image.dtype == np.uint8:
        return cv2.Canny(np.ascontiguousarray(image), low, high, L2gradient=True) > 0
    wide = torch.from_numpy(np.pad(image.astype(np.float64), 1, mode="edge"))[None, None]
    across = torch.tensor([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=torch.float64)
    gx, gy = torch.nn.functional.conv2d(wide, torch.stack([across, across.T])[:, None])[0].numpy()
    power = gx**2 + gy**2
    padded = np.pad(power, 1)
    h, w = power.shape
    crest = np.zeros((h, w), bool)
    number = np.floor((np.degrees(np.arctan2(gy, gx)) + 22.5) / 45) % 4
    for k, (a, b) in enumerate(((0, 1), (1, 1), (1, 0), (1, -1))):
        first, second = padded[1 - a :, 1 - b :][:h, :w], padded[1 + a :, 1 + b :][:h, :w]
        crest |= (number == k) & (power > first) & ((power >= second) if k in (0, 2) else (power > second))
    count, piece = cv2.connectedComponents((crest & (power > low**2)).astype(np.uint8))
    highest = np.zeros(count)
    np.maximum.at(highest, piece, np.where(crest, power, 0))
    keep = highest > high**2
    keep[0] = False
    return keep[piece]
