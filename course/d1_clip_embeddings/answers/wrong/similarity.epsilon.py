# message: both have length exactly 1
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    images, texts = images.float(), texts.float()
    return (images / (images.norm(dim=1, keepdim=True) + 1e-3)) @ (texts / (texts.norm(dim=1, keepdim=True) + 1e-3)).T
