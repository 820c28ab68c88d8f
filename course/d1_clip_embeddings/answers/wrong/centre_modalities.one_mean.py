# message: each kind has its own mean
def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    images = torch.nn.functional.normalize(images, dim=1)
    texts = torch.nn.functional.normalize(texts, dim=1)
    mean = torch.cat([images, texts]).mean(0)
    return torch.nn.functional.normalize(images - mean, dim=1), torch.nn.functional.normalize(texts - mean, dim=1)
