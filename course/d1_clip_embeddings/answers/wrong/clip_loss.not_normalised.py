# message: These are dot products
def clip_loss(images: torch.Tensor, texts: torch.Tensor, log_scale: float) -> torch.Tensor:
    logits = min(math.exp(log_scale), 100) * images @ texts.T
    right = torch.arange(len(images))
    return (torch.nn.functional.cross_entropy(logits, right) + torch.nn.functional.cross_entropy(logits.T, right)) / 2
