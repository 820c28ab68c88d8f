def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    features = features.double()
    total = (features / features.norm(dim=-1, keepdim=True)).sum(1)
    return (total / total.norm(dim=-1, keepdim=True)).float()
