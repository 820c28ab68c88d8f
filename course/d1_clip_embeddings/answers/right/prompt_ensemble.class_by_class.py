def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    rows = []
    for prompts in features.float():
        votes = torch.stack([prompt / prompt.norm() for prompt in prompts])
        mean = votes.mean(0)
        rows.append(mean / mean.norm())
    return torch.stack(rows)
