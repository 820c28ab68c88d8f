def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    height, width = image.shape[:2]
    scale = 1.0
    for side, limit in ((width, max_width), (height, max_height)):
        if side * scale > limit:
            scale = limit / side
    target = tuple(max(1, int(np.rint(side * scale))) for side in (width, height))
    return cv2.resize(np.ascontiguousarray(image), dsize=target, interpolation=cv2.INTER_AREA)
