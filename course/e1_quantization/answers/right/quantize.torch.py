def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    if np.isnan(values).any():
        raise ValueError("NaN")
    lowest = -(2 ** (bits - 1)) if signed else 0
    highest = lowest + 2**bits - 1
    x = torch.from_numpy(np.array(values, np.float64))
    codes = (torch.round(x / scale) + zero_point).clamp(lowest, highest)
    return codes.to(torch.int8 if signed else torch.uint8).numpy()
