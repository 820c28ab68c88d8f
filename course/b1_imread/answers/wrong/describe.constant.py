# message: expected  {'height': 427
def describe(data: bytes) -> dict[str, int | str]:
    return {"height": 1, "width": 1, "channels": 3, "dtype": "uint8", "file_bytes": 1, "array_bytes": 3}
