def to_batch(images, mean, deviation):
    planes = [((image / 255 - mean) / deviation).transpose(2, 0, 1) for image in images]
    return torch.tensor(np.array(planes), dtype=torch.float32)
