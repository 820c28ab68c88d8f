# message: is not solved yet
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    raise NotImplementedError()
