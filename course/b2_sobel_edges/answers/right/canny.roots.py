def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    wide = np.float64(image)
    gx, gy = (cv2.Sobel(wide, cv2.CV_64F, *o, borderType=cv2.BORDER_REPLICATE) for o in ((1, 0), (0, 1)))
    strength = np.sqrt(gx * gx + gy * gy)  # correctly rounded: equal sums have equal roots
    half_turn = np.degrees(np.arctan2(gy, gx)) % 180
    number = np.digitize(half_turn, [22.5, 67.5, 112.5, 157.5]) % 4
    y, x = np.indices(image.shape) + 1
    dy, dx = np.array([0, 1, 1, 1])[number], np.array([1, 1, 0, -1])[number]
    around = np.pad(strength, 1)
    before, after = around[y - dy, x - dx], around[y + dy, x + dx]
    stays = (strength > before) & ((strength > after) | ((strength == after) & (number % 2 == 0)))
    weak = (stays & (strength > low)).astype(np.uint8)
    edge = (stays & (strength > high)).astype(np.uint8)
    while True:
        grown = cv2.dilate(edge, np.ones((3, 3), np.uint8)) & weak
        if np.array_equal(grown, edge):
            return edge.astype(bool)
        edge = grown
