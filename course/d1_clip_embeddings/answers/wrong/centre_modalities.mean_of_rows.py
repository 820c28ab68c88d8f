# message: average over the rows
def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    images = torch.nn.functional.normalize(images, dim=1)
    texts = torch.nn.functional.normalize(texts, dim=1)
    return (
        torch.nn.functional.normalize(images - images.mean(1, keepdim=True), dim=1),
        torch.nn.functional.normalize(texts - texts.mean(1, keepdim=True), dim=1),
    )
