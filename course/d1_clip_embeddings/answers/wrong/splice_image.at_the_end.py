# message: The patches stand at the end
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = patches[1:] @ weight.T + bias
    return torch.cat([words[:position], words[position + 1 :], projected])
