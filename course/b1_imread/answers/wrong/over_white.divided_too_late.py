# message: The products were computed in uint8 and wrapped
def over_white(bgra: np.ndarray) -> np.ndarray:
    colour, alpha = bgra[:, :, :3], bgra[:, :, 3:]
    return np.rint((alpha * colour + (255 - alpha) * 255) / 255).astype(np.uint8)
