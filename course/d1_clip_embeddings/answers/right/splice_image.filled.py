def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    count = len(patches) - 1
    result = torch.empty(len(words) - 1 + count, words.shape[1])
    result[:position] = words[:position]
    result[position : position + count] = torch.einsum("ev,pv->pe", weight, patches[1:]) + bias
    result[position + count :] = words[position + 1 :]
    return result
