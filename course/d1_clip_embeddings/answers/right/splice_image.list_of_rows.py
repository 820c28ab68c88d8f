def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    rows = list(words)
    rows[position : position + 1] = [weight @ patch + bias for patch in patches[1:]]
    return torch.stack(rows) if rows else torch.empty(0, words.shape[1])
