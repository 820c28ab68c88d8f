# message: the loss stays finite
def clip_loss(images: torch.Tensor, texts: torch.Tensor, log_scale: float) -> torch.Tensor:
    images = torch.nn.functional.normalize(images, dim=1)
    texts = torch.nn.functional.normalize(texts, dim=1)
    powers = (min(math.exp(log_scale), 100) * images @ texts.T).exp()
    rows = -(powers.diagonal() / powers.sum(1)).log().mean()
    columns = -(powers.diagonal() / powers.sum(0)).log().mean()
    return (rows + columns) / 2
