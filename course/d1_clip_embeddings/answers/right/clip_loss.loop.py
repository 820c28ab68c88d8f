def clip_loss(images: torch.Tensor, texts: torch.Tensor, log_scale: float) -> torch.Tensor:
    scale, total = min(100.0, math.e**log_scale), 0.0
    table = scale * torch.cosine_similarity(images[:, None].double(), texts[None].double(), dim=2)
    for i in range(len(table)):
        total += torch.logsumexp(table[i], 0) + torch.logsumexp(table[:, i], 0) - 2 * table[i, i]
    return (total / (2 * len(table))).float()
