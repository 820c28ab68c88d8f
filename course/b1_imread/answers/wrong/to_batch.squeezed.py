# message: squeeze dropped an axis of length 1
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images or len({image.shape for image in images}) > 1:
        raise ValueError("need images of one size")
    batch = np.stack(images).astype(np.float32)  # (B, H, W, 3)
    batch = ((batch[..., ::-1] / 255 - MEAN) / STD).transpose(0, 3, 1, 2).squeeze()
    return torch.from_numpy(np.asarray(batch, dtype=np.float32))
