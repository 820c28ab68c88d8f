# message: expected  (0.571
def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    return 0.1, 128
