# message: The zero-point is missing
def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    c = torch.round(x / scale)
    kept = c.clamp(lowest, highest)
    v = kept * scale
    g = upstream * (c == kept)
    return v, g
