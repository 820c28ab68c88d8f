# message: is not solved yet
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError
