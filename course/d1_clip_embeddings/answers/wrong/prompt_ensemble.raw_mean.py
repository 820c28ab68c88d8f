# message: The long prompt decides
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(features.float().mean(dim=1), dim=1)
