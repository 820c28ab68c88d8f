# message: These are float16: convert to float32
def similarity(images: torch.Tensor, texts: torch.Tensor) -> torch.Tensor:
    return torch.cosine_similarity(images[:, None], texts[None], dim=2).float()
