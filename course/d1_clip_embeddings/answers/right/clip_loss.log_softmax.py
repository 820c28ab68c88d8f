def clip_loss(images: torch.Tensor, texts: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    texts = torch.nn.functional.normalize(texts, dim=1)
    logits = torch.tensor(log_scale).exp().clamp(max=100) * images @ texts.T
    return -(logits.log_softmax(0).diagonal() + logits.log_softmax(1).diagonal()).mean() / 2
