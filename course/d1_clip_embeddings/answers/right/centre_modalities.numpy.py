def centre_modalities(images: torch.Tensor, texts: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    both = []
    for features in (images.numpy(), texts.numpy()):
        units = features / np.linalg.norm(features, axis=1, keepdims=True)
        units = units - units.mean(axis=0, dtype=np.float64)
        both.append(torch.tensor(units / np.linalg.norm(units, axis=1, keepdims=True), dtype=torch.float32))
    return both[0], both[1]
