# message: You wrote into the array that the caller still uses
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    images /= images.norm(dim=1, keepdim=True).clamp(min=1e-12)
    texts /= texts.norm(dim=1, keepdim=True).clamp(min=1e-12)
    return images.float() @ texts.float().T
