# message: You wrote into the array that the caller still uses
def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    for side in (images, texts):
        side /= side.norm(dim=1, keepdim=True)
        side -= side.mean(0)
        side /= side.norm(dim=1, keepdim=True)
    return images, texts
