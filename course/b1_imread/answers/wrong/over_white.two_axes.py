# message: its third axis, and (H, W) does not meet (H, W, 3)
def over_white(bgra: np.ndarray) -> np.ndarray:
    alpha = bgra[:, :, 3] / 255
    return np.rint(alpha * bgra[:, :, :3] + (1 - alpha) * 255).astype(np.uint8)
