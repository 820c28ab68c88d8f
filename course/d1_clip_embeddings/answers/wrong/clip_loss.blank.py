# message: is not solved yet
def clip_loss(images: torch.Tensor, texts: torch.Tensor, log_scale: float) -> torch.Tensor:
    raise NotImplementedError
