# message: You only painted the clear pixels white
def over_white(bgra: np.ndarray) -> np.ndarray:
    out = bgra[:, :, :3].copy()
    out[bgra[:, :, 3] == 0] = 255
    return out
