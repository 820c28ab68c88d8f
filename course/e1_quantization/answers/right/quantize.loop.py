def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    low, high = (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) if signed else (0, 2**bits - 1)
    codes = np.empty(values.shape, np.int8 if signed else np.uint8)
    for index in np.ndindex(values.shape):
        value = float(values[index])
        if value != value:
            raise ValueError("a NaN")
        if value in (float("inf"), float("-inf")):
            codes[index] = high if value > 0 else low
        else:
            codes[index] = max(low, min(high, round(value / scale) + zero_point))
    return codes
