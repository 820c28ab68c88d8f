# message: is not solved yet
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError
