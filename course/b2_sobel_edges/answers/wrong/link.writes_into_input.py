# message: You wrote into the array
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    _, piece = cv2.connectedComponents((strength > low).astype(np.uint8))
    strong = strength > high
    strength[strength <= low] = 0
    return np.isin(piece, piece[strong])
