# message: The mask lacks upstream
def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    c = torch.round(x / scale) + zero_point
    kept = c.clamp(lowest, highest)
    v = (kept - zero_point) * scale
    g = (c == kept).float()
    return v, g
