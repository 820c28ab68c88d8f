# message: you returned the opposite
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    _, piece = cv2.connectedComponents((strength > low).astype(np.uint8))
    return ~np.isin(piece, piece[strength > high])
