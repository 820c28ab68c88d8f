# message: You wrote into the array
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    bits = values.view(np.uint32)
    nan = np.isnan(values)
    bits += 0x7FFF + ((bits >> 16) & 1)
    bits &= 0xFFFF0000
    values[nan] = np.nan
    return values
