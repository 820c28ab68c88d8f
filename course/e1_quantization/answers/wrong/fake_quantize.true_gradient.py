# message: This is the true gradient of rounding
def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    leaf = x.clone().requires_grad_()
    value = ((torch.round(leaf / scale) + zero_point).clamp(lowest, highest) - zero_point) * scale
    value.backward(upstream)
    return value.detach(), leaf.grad
