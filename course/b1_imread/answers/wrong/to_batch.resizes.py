# message: Images of different shapes must raise ValueError
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    if not images:
        raise ValueError("no images")
    height, width = images[0].shape[:2]
    same = np.stack([cv2.resize(image, (width, height)) for image in images])
    batch = (same[..., ::-1] / 255 - MEAN) / STD
    return torch.from_numpy(batch.transpose(0, 3, 1, 2).astype(np.float32))
