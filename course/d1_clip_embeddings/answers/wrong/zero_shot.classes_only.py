# message: Only the classes have length 1
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    return torch.softmax(min(math.exp(log_scale), 100) * images @ torch.nn.functional.normalize(classes, dim=1).T, dim=1)
