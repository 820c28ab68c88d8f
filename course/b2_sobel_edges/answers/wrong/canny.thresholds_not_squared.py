# message: squares need squared thresholds
def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    wide = image.astype(np.float64)
    gx = cv2.Sobel(wide, cv2.CV_64F, 1, 0, borderType=cv2.BORDER_REPLICATE).astype(np.float64)
    gy = cv2.Sobel(wide, cv2.CV_64F, 0, 1, borderType=cv2.BORDER_REPLICATE).astype(np.float64)
    power = gx**2 + gy**2
    sector = np.rint(np.degrees(np.arctan2(gy, gx)) / 45).astype(int) % 4
    height, width = power.shape
    padded = np.pad(power, 1)
    crest = np.zeros(power.shape, bool)
    for number, (dy, dx) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        before = padded[1 - dy : 1 - dy + height, 1 - dx : 1 - dx + width]
        after = padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        second = power > after if number % 2 else power >= after
        crest |= (sector == number) & (power > before) & second

    _, piece = cv2.connectedComponents((crest & (power > low)).astype(np.uint8), connectivity=8)
    return np.isin(piece, piece[crest & (power > high)])
