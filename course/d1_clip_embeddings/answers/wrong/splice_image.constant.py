# message: The words before, the projected patches
def splice_image(
    words: torch.Tensor, patches: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, position: int
) -> torch.Tensor:
    return torch.zeros(len(words) + len(patches) - 2, words.shape[1])
