# message: The result is a float32 tensor
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    projected = patches[1:].double() @ weight.T.double() + bias
    return torch.cat([words[:position].double(), projected, words[position + 1 :].double()])
