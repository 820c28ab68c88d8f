# message: is not solved yet
def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    raise NotImplementedError()
