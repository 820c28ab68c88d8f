# message: The background (piece 0) was taken
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    count, piece = cv2.connectedComponents((strength > low).astype(np.uint8))
    keep = np.zeros(count, bool)
    keep[0] = True
    keep[piece[strength > high]] = True
    return keep[piece]
