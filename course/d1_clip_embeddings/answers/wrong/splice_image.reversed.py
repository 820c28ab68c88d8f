# message: The patches are in reversed order
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = patches[1:].flip(0) @ weight.T + bias
    return torch.cat([words[:position], projected, words[position + 1 :]])
