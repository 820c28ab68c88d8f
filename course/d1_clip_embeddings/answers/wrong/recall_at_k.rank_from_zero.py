# message: you started counting at 0
def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    owner = torch.tensor(image_of_text)
    own = owner == torch.arange(len(similarity))[:, None]
    rivals = similarity.masked_fill(own, -torch.inf)
    of_text = similarity[owner, torch.arange(len(owner))]
    of_image = similarity.masked_fill(~own, -torch.inf).max(dim=1, keepdim=True).values
    text_rank, image_rank = (rivals >= of_text).sum(0), (rivals >= of_image).sum(1)
    return (text_rank <= k).float().mean().item(), (image_rank <= k).float().mean().item()
