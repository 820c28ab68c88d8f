# message: You applied the multipliers to the rows of x
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    total = (x.astype(np.int32) - x_zero) @ weight.astype(np.int32).T + bias
    codes = np.rint(total * np.resize(multiplier, len(x))[:, None]) + y_zero
    return np.clip(codes, 0, 255).astype(np.uint8)
