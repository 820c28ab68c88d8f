"""Make the photograph of this lesson from the scikit-image wheel.

Download and unpack the wheel, then run this script with the folder of its photographs::

    pip download --no-deps scikit-image==0.26.0
    unzip scikit_image-0.26.0-*.whl "skimage/data/*"
    python make_images.py skimage/data

It writes coffee.jpg beside this script, with OpenCV 4.14.
"""

import sys
from pathlib import Path

import cv2


def main(photographs: Path) -> None:
    """Shrink the coffee cup to half its size."""
    coffee = cv2.imread(str(photographs / "coffee.png"))
    coffee = cv2.resize(coffee, (300, 200), interpolation=cv2.INTER_AREA)
    _, jpeg = cv2.imencode(".jpg", coffee, [cv2.IMWRITE_JPEG_QUALITY, 92])
    (Path(__file__).parent / "coffee.jpg").write_bytes(jpeg.tobytes())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
