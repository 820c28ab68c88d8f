# message: The scale must not pass 100
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    classes = torch.nn.functional.normalize(classes, dim=1)
    return torch.softmax(math.exp(log_scale) * images @ classes.T, dim=1)
