# message: The patches were averaged
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = (patches[1:] @ weight.T + bias).mean(0, keepdim=True)
    return torch.cat([words[:position], projected, words[position + 1 :]])
