# message: the result stays finite
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    classes = torch.nn.functional.normalize(classes, dim=1)
    powers = torch.exp(min(math.exp(log_scale), 100) * images @ classes.T)
    return powers / powers.sum(dim=1, keepdim=True)
