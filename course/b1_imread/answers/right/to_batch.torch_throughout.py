def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if len(images) == 0 or len({image.shape for image in images}) != 1:
        raise ValueError("need images of one size")
    batch = torch.stack([torch.from_numpy(image) for image in images])  # (B, H, W, 3)
    batch = batch.permute(0, 3, 1, 2).flip(1).float() / 255
    mean = torch.tensor(MEAN).view(1, 3, 1, 1)
    std = torch.tensor(STD).view(1, 3, 1, 1)
    return ((batch - mean) / std).contiguous()
