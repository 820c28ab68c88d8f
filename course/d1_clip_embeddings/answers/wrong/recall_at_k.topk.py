# message: The tie of image 1 was counted as found
def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    owner = torch.tensor(image_of_text)
    images = similarity.topk(k, dim=0).indices
    found = (images == owner).any(dim=0)
    texts = similarity.topk(k, dim=1).indices
    hits = (owner[texts] == torch.arange(len(similarity))[:, None]).any(dim=1)
    return found.float().mean().item(), hits.float().mean().item()
