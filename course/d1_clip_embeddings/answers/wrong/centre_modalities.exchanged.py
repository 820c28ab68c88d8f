# message: A tuple, images first
def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    images = torch.nn.functional.normalize(images, dim=1)
    texts = torch.nn.functional.normalize(texts, dim=1)
    return torch.nn.functional.normalize(texts - texts.mean(0), dim=1), torch.nn.functional.normalize(images - images.mean(0), dim=1)
