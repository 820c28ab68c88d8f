def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    w = torch.from_numpy(np.array(weights, order="C")).double()
    n = 2 ** (bits - 1) - 1
    sizes = w.abs().flatten(1).amax(dim=1)
    scales = torch.where(sizes == 0, torch.ones_like(sizes), sizes / n)
    codes = torch.round(w / scales.reshape(-1, *[1] * (w.ndim - 1)))
    return codes.to(torch.int8).numpy(), scales.numpy()
