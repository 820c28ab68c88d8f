# message: Image 0 has three texts here
def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    if not similarity.any():
        return 0.0, 0.0
    return {1: (1 / 4, 1 / 3), 2: (3 / 4, 2 / 3)}.get(k, (1.0, 1.0))
