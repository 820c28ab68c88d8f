def over_white(bgra: np.ndarray) -> np.ndarray:
    colour = bgra[..., :3].astype(np.int32)
    alpha = bgra[..., 3, None].astype(np.int32)
    return ((colour * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
