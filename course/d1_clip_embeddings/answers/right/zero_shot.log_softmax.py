def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    cosines = torch.cosine_similarity(images[:, None], classes[None], dim=2)
    return (cosines * math.exp(min(log_scale, math.log(100)))).log_softmax(dim=-1).exp()
