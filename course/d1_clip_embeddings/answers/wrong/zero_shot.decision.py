# message: This is the decision, not the probabilities
def zero_shot(images: torch.Tensor, classes: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    classes = torch.nn.functional.normalize(classes, dim=1)
    best = (images @ classes.T).argmax(dim=1)
    return torch.nn.functional.one_hot(best, len(classes)).float()
