def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    result = np.zeros((len(x), len(weight)), np.uint8)
    for b in range(len(x)):
        for o in range(len(weight)):
            total = int(bias[o])
            for code, w in zip(x[b], weight[o]):
                total += (int(code) - x_zero) * int(w)
            result[b, o] = min(255, max(0, round(total * float(multiplier[o])) + y_zero))
    return result
