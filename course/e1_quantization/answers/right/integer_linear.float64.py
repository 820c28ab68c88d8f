def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    # all sums stay below 2**31, and float64 is exact to 2**53
    total = (x.astype(np.float64) - x_zero) @ weight.T.astype(np.float64) + bias
    return (np.rint(total * multiplier) + y_zero).clip(0, 255).astype(np.uint8)
