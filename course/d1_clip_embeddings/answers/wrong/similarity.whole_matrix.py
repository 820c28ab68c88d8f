# message: You divided by the size of the whole matrix
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    images, texts = images.float(), texts.float()
    return (images @ texts.T) / (images.norm() * texts.norm())
