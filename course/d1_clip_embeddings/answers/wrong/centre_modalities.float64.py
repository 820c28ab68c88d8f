# message: Both are float32
def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    images, texts = torch.nn.functional.normalize(images.double(), dim=1), torch.nn.functional.normalize(texts.double(), dim=1)
    return torch.nn.functional.normalize(images - images.mean(0), dim=1), torch.nn.functional.normalize(texts - texts.mean(0), dim=1)
