# message: The averages are shorter than 1
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(features.float(), dim=2).mean(dim=1)
