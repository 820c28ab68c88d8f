# message: You wrote into the array
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    bias += (-x_zero * weight.astype(np.int32).sum(axis=1)).astype(np.int32)
    total = x.astype(np.int32) @ weight.astype(np.int32).T + bias
    return np.clip(np.rint(total * multiplier) + y_zero, 0, 255).astype(np.uint8)
