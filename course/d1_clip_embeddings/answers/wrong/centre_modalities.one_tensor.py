# message: A tuple, images first
def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    images = torch.nn.functional.normalize(images, dim=1)
    texts = torch.nn.functional.normalize(texts, dim=1)
    both = [torch.nn.functional.normalize(side - side.mean(0), dim=1) for side in (images, texts)]
    return torch.cat(both)
