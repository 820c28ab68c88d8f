# message: The photograph lies on its side
def read_rgb(path: str) -> np.ndarray:
    if not Path(path).is_file():
        raise FileNotFoundError(path)
    try:
        return np.array(Image.open(path).convert("RGB"))
    except OSError as error:
        raise ValueError(path) from error
