# message: k may be larger than the table
def recall_at_k(similarity: torch.Tensor, image_of_text: list[int], k: int) -> tuple[float, float]:
    def share(own: torch.Tensor, table: torch.Tensor) -> float:
        best = torch.where(own, table, -torch.inf).amax(1)
        rivals = torch.where(own, -torch.inf, table).sort(dim=1, descending=True).values
        return (best > rivals[:, k - 1]).double().mean().item()

    own = torch.tensor([[owner == n for owner in image_of_text] for n in range(len(similarity))])
    return share(own.T, similarity.T), share(own, similarity)
