def clip_loss(images: torch.Tensor, texts: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    texts = torch.nn.functional.normalize(texts, dim=1)
    logits = math.exp(min(log_scale, math.log(100))) * texts @ images.T
    both = torch.cat([logits, logits.T])
    return torch.nn.functional.cross_entropy(both, torch.arange(len(images)).repeat(2))
