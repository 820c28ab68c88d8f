# message: Only the images have length 1
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    return torch.softmax(min(math.exp(log_scale), 100) * torch.nn.functional.normalize(images, dim=1) @ classes.T, dim=1)
