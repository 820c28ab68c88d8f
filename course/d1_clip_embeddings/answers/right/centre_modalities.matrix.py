def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    results = []
    for features in (images.double(), texts.double()):
        units = torch.nn.functional.normalize(features, dim=-1)
        projector = torch.eye(len(units), dtype=torch.double) - 1 / len(units)
        results.append(torch.nn.functional.normalize(projector @ units, dim=-1).float())
    return tuple(results)
