def shares(old: int, new: int) -> np.ndarray:
    """(new, old): which share of each old pixel an output pixel averages."""
    edges = np.linspace(0, old, new + 1)
    starts, ends = edges[:-1, None], edges[1:, None]
    overlap = np.minimum(ends, np.arange(1, old + 1)) - np.maximum(starts, np.arange(old))
    return np.clip(overlap, 0, None) / (old / new)


def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    height, width = image.shape[:2]
    scale = min(1, max_width / width, max_height / height)
    new_height, new_width = max(1, round(height * scale)), max(1, round(width * scale))
    averaged = np.einsum(
        "yY,YX...,xX->yx...",
        shares(height, new_height),
        image.astype(np.float64),
        shares(width, new_width),
        optimize=True,
    )
    return np.rint(averaged).astype(image.dtype)
