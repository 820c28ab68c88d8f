def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images:
        raise ValueError("no images")
    if any(image.shape != images[0].shape for image in images[1:]):
        raise ValueError("several sizes")
    scale = 1 / (255 * np.array(STD))
    shift = -np.array(MEAN) / np.array(STD)
    done = [(image[..., ::-1] * scale + shift).transpose(2, 0, 1).astype(np.float32) for image in images]
    return torch.from_numpy(np.stack(done))
