# message: log_scale is a logarithm
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    classes = torch.nn.functional.normalize(classes, dim=1)
    return torch.softmax(min(log_scale, 100) * images @ classes.T, dim=1)
