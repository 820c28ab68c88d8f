import sys


def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    height, width = image.shape[0], image.shape[1]
    if width <= max_width and height <= max_height:
        return image.copy()
    if width * max_height > height * max_width:
        new_width, new_height = max_width, max(1, round(height * max_width / width))
    else:
        new_width, new_height = max(1, round(width * max_height / height)), max_height
    print("shrinking to", new_width, new_height, file=sys.stderr)
    return cv2.resize(image, (new_width, new_height), interpolation=cv2.INTER_AREA)
