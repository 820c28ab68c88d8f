def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    from fractions import Fraction

    try:
        exact_low, exact_high = Fraction(low), Fraction(high)  # NaN and infinity have none
    except (ValueError, OverflowError) as error:
        raise ValueError("not finite") from error
    if exact_low > exact_high:
        raise ValueError("not in order")
    exact_low, exact_high = min(exact_low, Fraction(0)), max(exact_high, Fraction(0))
    scale = (exact_high - exact_low) / (2**bits - 1)
    if scale == 0:
        scale = Fraction(1)
    zero = round(-exact_low / scale)
    if signed:
        zero -= 2**bits // 2
    return float(scale), zero
