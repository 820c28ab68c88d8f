def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    images, texts = images.float(), texts.float()
    lengths = images.norm(dim=1, keepdim=True) * texts.norm(dim=1)
    return torch.where(lengths > 0, (images @ texts.T) / lengths.clamp(min=1e-30), 0.0)
