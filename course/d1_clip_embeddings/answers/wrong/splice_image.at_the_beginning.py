# message: The patches stand at the beginning
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = patches[1:] @ weight.T + bias
    return torch.cat([projected, words[:position], words[position + 1 :]])
