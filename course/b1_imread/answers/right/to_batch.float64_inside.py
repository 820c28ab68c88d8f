import warnings


def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    warnings.warn("float64 inside", stacklevel=2)
    rgb = [cv2.cvtColor(image, cv2.COLOR_BGR2RGB) for image in images]
    stacked = np.stack(rgb).astype(np.float64) / 255  # np.stack raises ValueError for no image or several shapes
    planes = np.moveaxis((stacked - MEAN) / STD, -1, 1)
    return torch.tensor(planes.copy(), dtype=torch.float32)
