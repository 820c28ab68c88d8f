from fractions import Fraction


def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    height, width = image.shape[:2]
    scale = min(Fraction(1), Fraction(max_width, width), Fraction(max_height, height))
    size = [max(1, round(side * scale)) for side in (width, height)]
    return cv2.resize(image, size, None, 0, 0, cv2.INTER_AREA)
