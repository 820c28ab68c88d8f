# message: convert to float32 before you square anything
def prompt_ensemble(features: torch.Tensor) -> torch.Tensor:
    sizes = (features**2).sum(-1, keepdim=True).sqrt()
    mean = (features / sizes).mean(1)
    return (mean / (mean**2).sum(-1, keepdim=True).sqrt()).float()
