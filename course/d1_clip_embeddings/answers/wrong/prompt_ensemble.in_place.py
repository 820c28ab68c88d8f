# message: You wrote into the array that the caller still uses
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    features /= features.float().norm(dim=2, keepdim=True)
    return torch.nn.functional.normalize(features.float().mean(dim=1), dim=1)
