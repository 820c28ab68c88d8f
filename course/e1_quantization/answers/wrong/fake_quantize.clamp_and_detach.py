# message: You judged x before rounding
def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    leaf = x.clone().requires_grad_()
    inside = leaf.clamp((lowest - zero_point) * scale, (highest - zero_point) * scale)
    value = inside + (torch.round(inside / scale) * scale - inside).detach()
    value.backward(upstream)
    return value.detach(), leaf.grad
