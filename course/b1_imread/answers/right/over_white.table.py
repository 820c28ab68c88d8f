def over_white(bgra: np.ndarray) -> np.ndarray:
    values = np.arange(256)
    table = np.rint((values[:, None] * values[None, :] + 255 * (255 - values[None, :])) / 255).astype(np.uint8)
    return table[bgra[:, :, :3], bgra[:, :, 3:]]
