def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    scale = torch.tensor(log_scale).exp().clamp(max=100)
    sizes = images.norm(dim=1)[:, None] * classes.norm(dim=1)
    logits = scale * (images @ classes.T) / sizes
    powers = (logits - logits.amax(dim=1, keepdim=True)).exp()
    return powers / powers.sum(dim=1, keepdim=True)
