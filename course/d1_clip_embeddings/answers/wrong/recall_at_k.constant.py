# message: A tuple of two Python floats
def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    return 0.5, 0.5
