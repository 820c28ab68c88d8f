# message: Images of different shapes must raise ValueError
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images or len({image.size for image in images}) > 1:
        raise ValueError("need images of one size")
    shape = images[0].shape
    rgb = np.stack([image.reshape(shape) for image in images])[..., ::-1]
    batch = (rgb / 255 - MEAN) / STD
    return torch.from_numpy(batch.transpose(0, 3, 1, 2).astype(np.float32))
