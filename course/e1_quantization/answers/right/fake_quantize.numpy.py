def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    codes = np.rint(x.numpy().astype(np.float64) / scale) + zero_point
    kept = np.clip(codes, lowest, highest)
    value = ((kept - zero_point) * scale).astype(np.float32)
    gradient = np.where(codes == kept, upstream.numpy(), np.float32(0))
    return torch.from_numpy(value), torch.from_numpy(gradient)
