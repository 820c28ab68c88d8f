# message: A zero vector gave nan
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    images, texts = images.float(), texts.float()
    return (images / images.norm(dim=1, keepdim=True)) @ (texts / texts.norm(dim=1, keepdim=True)).T
