# message: The sums do not fit into int16
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    total = ((x.astype(np.int16) - x_zero) @ weight.astype(np.int16).T).astype(np.int16) + bias.astype(np.int16)
    codes = np.rint(total * multiplier) + y_zero
    return np.clip(codes, 0, 255).astype(np.uint8)
