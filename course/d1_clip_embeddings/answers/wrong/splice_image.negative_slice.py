# message: T - 1 words and P patches
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = patches[1:] @ weight.T + bias
    return torch.cat([words[:position], projected, words[position - len(words) + 1 :]])
