# message: Multiply by the scale; you divided by it
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    classes = torch.nn.functional.normalize(classes, dim=1)
    return torch.softmax(images @ classes.T / min(math.exp(log_scale), 100), dim=1)
