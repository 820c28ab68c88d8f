# message: expected  {'height': 195
def describe(data: bytes) -> dict[str, int | str]:
    return {"height": 427, "width": 640, "channels": 3, "dtype": "uint8", "file_bytes": 32602, "array_bytes": 819840}
