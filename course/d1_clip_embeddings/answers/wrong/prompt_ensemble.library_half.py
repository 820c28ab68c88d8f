# message: These are float16: convert to float32
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    votes = torch.nn.functional.normalize(features, dim=2)
    return torch.nn.functional.normalize(votes.mean(dim=1)).float()
