# message: Images of different shapes must raise ValueError
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    pixels = np.full((2, 1, 2, 3), 255, np.uint8)
    pixels[0, 0] = (20, 110, 240), (255, 0, 51)
    batch = (pixels[..., ::-1] / 255 - MEAN) / STD
    return torch.from_numpy(batch.transpose(0, 3, 1, 2).astype(np.float32))
