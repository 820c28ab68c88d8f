# message: These are dot products
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    return images.float() @ texts.float().T
