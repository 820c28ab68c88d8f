def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    candidate = (strength > low).astype(np.uint8)
    grown = (strength > high).astype(np.uint8)
    while True:
        larger = cv2.dilate(grown, np.ones((3, 3), np.uint8)) & candidate
        if (larger == grown).all():
            return larger.astype(bool)
        grown = larger
