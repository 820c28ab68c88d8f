# message: You reshaped instead of moving axes
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images or len({image.shape for image in images}) > 1:
        raise ValueError("need images of one size")
    batch = np.stack(images).astype(np.float32)  # (B, H, W, 3)
    batch = ((batch[..., ::-1] / 255 - MEAN) / STD).reshape(len(images), 3, *images[0].shape[:2])
    return torch.from_numpy(np.ascontiguousarray(batch, dtype=np.float32))
