# message: You subtracted the mean of the other kind
def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    images = torch.nn.functional.normalize(images, dim=1)
    texts = torch.nn.functional.normalize(texts, dim=1)
    return torch.nn.functional.normalize(images - texts.mean(0), dim=1), torch.nn.functional.normalize(texts - images.mean(0), dim=1)
