# message: You wrote into the array that the caller still uses
def over_white(bgra: np.ndarray) -> np.ndarray:
    alpha = bgra[:, :, 3:] / 255
    bgra[:, :, :3] = np.rint(alpha * bgra[:, :, :3] + (1 - alpha) * 255)
    return bgra[:, :, :3]
