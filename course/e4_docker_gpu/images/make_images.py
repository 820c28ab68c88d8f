"""Make the photograph of this lesson from one of the scikit-image wheel.

Download and unpack the wheel, then run this script with the folder of its photographs::

    pip download --no-deps scikit-image==0.26.0
    unzip scikit_image-0.26.0-*.whl "skimage/data/*"
    python make_images.py skimage/data

The file is written beside this script, with OpenCV 4.14.
"""

import sys
from pathlib import Path

import cv2

HERE = Path(__file__).parent


def main(photographs: Path) -> None:
    """Write the photograph that is "deleted" in the lesson's image."""
    cat = cv2.imread(str(photographs / "chelsea.png"))[:, 60:420]
    small = cv2.resize(cat, (240, 200), interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(HERE / "customer.jpg"), small, [cv2.IMWRITE_JPEG_QUALITY, 75])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
