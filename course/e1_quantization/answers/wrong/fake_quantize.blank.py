# message: is not solved yet
def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    raise NotImplementedError()
