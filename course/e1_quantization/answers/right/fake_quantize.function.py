def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    class Rounded(torch.autograd.Function):
        @staticmethod
        def forward(ctx, inputs):
            codes = torch.round(inputs / scale) + zero_point
            ctx.save_for_backward((codes < lowest) | (codes > highest))
            return (codes.clamp(lowest, highest) - zero_point) * scale

        @staticmethod
        def backward(ctx, gradient):
            (outside,) = ctx.saved_tensors
            return gradient.masked_fill(outside, 0)

    leaf = x.clone().requires_grad_()
    value = Rounded.apply(leaf)
    value.backward(upstream)
    return value.detach(), leaf.grad
