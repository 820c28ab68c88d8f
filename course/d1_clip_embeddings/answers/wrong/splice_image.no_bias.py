# message: The bias is missing
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = patches[1:] @ weight.T
    return torch.cat([words[:position], projected, words[position + 1 :]])
