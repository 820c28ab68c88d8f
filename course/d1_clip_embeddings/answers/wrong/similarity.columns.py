# message: You normalised columns
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(images.float(), dim=0) @ torch.nn.functional.normalize(texts.float(), dim=0).T
