# message: These are dot products
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    return torch.softmax(min(math.exp(log_scale), 100) * images @ classes.T, dim=1)
