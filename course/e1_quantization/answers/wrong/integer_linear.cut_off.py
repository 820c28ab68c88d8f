# message: You cut the fraction off
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    total = (x.astype(np.int32) - x_zero) @ weight.astype(np.int32).T + bias
    codes = (total * multiplier).astype(np.int64) + y_zero
    return np.clip(codes, 0, 255).astype(np.uint8)
