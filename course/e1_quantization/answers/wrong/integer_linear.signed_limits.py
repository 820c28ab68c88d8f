# message: expected  array([[ 42
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    total = (x.astype(np.int32) - x_zero) @ weight.astype(np.int32).T + bias
    codes = np.rint(total * multiplier) + y_zero
    return np.clip(codes, -128, 127).astype(np.int8)
