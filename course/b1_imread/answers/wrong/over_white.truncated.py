# message: astype(uint8) cuts the fraction off
def over_white(bgra: np.ndarray) -> np.ndarray:
    alpha = bgra[:, :, 3:] / 255
    return (alpha * bgra[:, :, :3] + (1 - alpha) * 255).astype(np.uint8)
