def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    a = torch.from_numpy(np.array(x, np.int32)) - x_zero
    total = a @ torch.from_numpy(np.array(weight, np.int32)).T + torch.from_numpy(np.array(bias))
    codes = torch.round(total * torch.from_numpy(np.array(multiplier))) + y_zero
    return codes.clamp(0, 255).to(torch.uint8).numpy()
