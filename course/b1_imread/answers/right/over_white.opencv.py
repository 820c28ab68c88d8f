import warnings


def over_white(bgra: np.ndarray) -> np.ndarray:
    warnings.warn("blending", stacklevel=2)
    blue, green, red, alpha = cv2.split(bgra.astype(np.float32))
    blended = [cv2.multiply(channel, alpha, scale=1 / 255) + (255 - alpha) for channel in (blue, green, red)]
    return np.clip(np.round(cv2.merge(blended)), 0, 255).astype(np.uint8)
