# message: The class token is still there
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = patches @ weight.T + bias
    return torch.cat([words[:position], projected, words[position + 1 :]])
