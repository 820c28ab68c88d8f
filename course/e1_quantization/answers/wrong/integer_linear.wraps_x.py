# message: x - x_zero wrapped in uint8
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    total = (x - np.uint8(x_zero)).astype(np.int32) @ weight.astype(np.int32).T + bias
    codes = np.rint(total * multiplier) + y_zero
    return np.clip(codes, 0, 255).astype(np.uint8)
