def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = torch.nn.functional.linear(patches[1:], weight, bias)
    return torch.vstack([words[:position], projected, words[position + 1 :]])
