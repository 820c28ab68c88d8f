# message: A function without a `return` gives None
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    pass
