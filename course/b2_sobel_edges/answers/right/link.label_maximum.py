def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    count, piece = cv2.connectedComponents((strength > low).astype(np.uint8))
    highest = np.zeros(count)
    np.maximum.at(highest, piece, strength)
    keep = highest > high
    keep[0] = False
    return keep[piece]
