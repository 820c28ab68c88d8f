# message: expected  array([[[[
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images or len({image.shape for image in images}) > 1:
        raise ValueError("need images of one size")
    batch = (np.stack(images)[..., ::-1] / 255 - MEAN) / STD
    return torch.from_numpy(batch.transpose(0, 3, 1, 2).copy()).half()
