def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    def centre(features: torch.Tensor) -> torch.Tensor:
        units = features / features.norm(dim=1, keepdim=True)
        moved = units - units.sum(0) / len(units)
        return moved / moved.norm(dim=1, keepdim=True)

    return centre(images), centre(texts)
