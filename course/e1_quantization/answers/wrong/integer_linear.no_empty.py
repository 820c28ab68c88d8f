# message: has the wrong shape
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    if not len(x):
        return np.zeros(0, np.uint8)
    total = (x.astype(np.int32) - x_zero) @ weight.astype(np.int32).T + bias
    codes = np.rint(total * multiplier) + y_zero
    return np.clip(codes, 0, 255).astype(np.uint8)
