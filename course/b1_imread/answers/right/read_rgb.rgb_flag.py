import os
import sys


def read_rgb(path: str) -> np.ndarray:
    if not os.path.isfile(path):
        raise FileNotFoundError(f"no file: {path}")
    print("reading", path, file=sys.stderr)
    rgb = cv2.imread(path, cv2.IMREAD_COLOR_RGB)
    if rgb is None:
        raise ValueError(f"not an image: {path}")
    return rgb
