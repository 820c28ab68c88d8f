# message: round ties to even
def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    c = torch.floor(x / scale + 0.5) + zero_point
    kept = c.clamp(lowest, highest)
    v = (kept - zero_point) * scale
    g = upstream * (c == kept)
    return v, g
