# message: The values were not divided by 255
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images or len({image.shape for image in images}) > 1:
        raise ValueError("need images of one size")
    batch = np.stack(images).astype(np.float32)  # (B, H, W, 3)
    batch = ((batch[..., ::-1] - MEAN) / STD).transpose(0, 3, 1, 2)
    return torch.from_numpy(np.ascontiguousarray(batch, dtype=np.float32))
