def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    if np.isnan(values).any():
        raise ValueError("NaN")
    lowest = -(2 ** (bits - 1)) if signed else 0
    highest = lowest + 2**bits - 1
    inside = np.clip(values.astype(np.float64), (lowest - zero_point) * scale, (highest - zero_point) * scale)
    codes = np.rint(inside / scale).astype(np.int64) + zero_point
    return codes.astype(np.int8 if signed else np.uint8)
