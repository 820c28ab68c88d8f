def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    w = weight.astype(np.int64)
    folded = bias - x_zero * w.sum(axis=1)  # known before any input
    total = np.einsum("bk,ok->bo", x.astype(np.int64), w) + folded
    return np.clip(np.rint(total * multiplier) + y_zero, 0, 255).astype(np.uint8)
