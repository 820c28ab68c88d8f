# message: Only the first prompt of each class is used
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(features.float()[:, 0], dim=1)
