# message: not the diagonal is right
def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    diagonal = similarity.diagonal()
    size = len(diagonal)
    square = similarity[:size, :size].masked_fill(torch.eye(size, dtype=torch.bool), -torch.inf)
    text_rank, image_rank = 1 + (square >= diagonal).sum(0), 1 + (square >= diagonal[:, None]).sum(1)
    return (text_rank <= k).float().mean().item(), (image_rank <= k).float().mean().item()
