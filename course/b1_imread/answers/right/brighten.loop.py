import sys


def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    print("this takes a while", file=sys.stderr)
    out = image.copy()
    for index, value in np.ndenumerate(image):
        out[index] = min(255, max(0, int(value) + amount))
    return out
