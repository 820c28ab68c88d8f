# message: Prompts to length 1, their mean (axis 1)
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    return torch.ones(features.shape[0], features.shape[2])
