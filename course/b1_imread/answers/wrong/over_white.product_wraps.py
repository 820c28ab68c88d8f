# message: Colour times alpha does not fit into uint8
def over_white(bgra: np.ndarray) -> np.ndarray:
    colour, alpha = bgra[:, :, :3], bgra[:, :, 3:]
    return np.rint(colour * alpha / 255 + (255 - alpha)).astype(np.uint8)
