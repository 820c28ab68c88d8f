def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images:
        raise ValueError("empty list")
    height, width, _ = images[0].shape
    batch = torch.empty(len(images), 3, height, width, dtype=torch.float32)
    for b, image in enumerate(images):
        if image.shape != images[0].shape:
            raise ValueError(f"image {b} has shape {image.shape}")
        for c in range(3):
            plane = (image[:, :, 2 - c] / 255.0 - MEAN[c]) / STD[c]
            batch[b, c] = torch.from_numpy(plane)
    return batch
