# message: Projected tokens are not normalised
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = torch.nn.functional.normalize(patches[1:] @ weight.T + bias, dim=1)
    return torch.cat([words[:position], projected, words[position + 1 :]])
