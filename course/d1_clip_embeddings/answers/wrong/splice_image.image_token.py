# message: The <image> vector is still there: the patches replace it
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = patches[1:] @ weight.T + bias
    return torch.cat([words[: position + 1], projected, words[position + 1 :]])
