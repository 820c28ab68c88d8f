# message: is not solved yet
def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    raise NotImplementedError()
