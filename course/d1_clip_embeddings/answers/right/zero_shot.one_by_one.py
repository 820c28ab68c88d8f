def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    classes = torch.nn.functional.normalize(classes, dim=1)
    scale = min(100, math.exp(log_scale))
    rows = [torch.softmax(scale * (classes @ image), 0) for image in images]
    return torch.stack(rows) if rows else torch.empty(0, len(classes))
