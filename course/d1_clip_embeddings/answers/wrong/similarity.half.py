# message: convert to float32 before you square anything
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    sizes = (images**2).sum(1).sqrt()[:, None], (texts**2).sum(1).sqrt()[:, None]
    images = torch.where(sizes[0] > 0, images / sizes[0], 0)
    texts = torch.where(sizes[1] > 0, texts / sizes[1], 0)
    return images.float() @ texts.float().T
