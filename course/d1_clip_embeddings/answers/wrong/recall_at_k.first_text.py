# message: take its best one
def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    owner = torch.tensor(image_of_text)
    own = owner == torch.arange(len(similarity))[:, None]
    rivals = similarity.masked_fill(own, -torch.inf)
    of_text = similarity[owner, torch.arange(len(owner))]
    of_image = similarity.masked_fill(~own, -torch.inf).max(dim=1, keepdim=True).values
    first = similarity[torch.arange(len(similarity)), [image_of_text.index(n) for n in range(len(similarity))]][:, None]
    text_rank, image_rank = 1 + (rivals >= of_text).sum(0), 1 + (rivals >= first).sum(1)
    return (text_rank <= k).float().mean().item(), (image_rank <= k).float().mean().item()
