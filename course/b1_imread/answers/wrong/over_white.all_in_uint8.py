# message: Everything was computed in uint8
def over_white(bgra: np.ndarray) -> np.ndarray:
    colour, alpha = bgra[:, :, :3], bgra[:, :, 3:]
    return (colour * alpha + (255 - alpha) * 255) // 255
