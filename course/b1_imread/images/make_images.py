"""Make the image files of this lesson from photographs of the scikit-image wheel.

Download and unpack the wheel, then run this script with the folder of its photographs::

    pip download --no-deps scikit-image==0.26.0
    unzip scikit_image-0.26.0-*.whl "skimage/data/*"
    python make_images.py skimage/data

The files are written beside this script, with OpenCV 4.14. SOURCES.toml lists what is done to which photograph.
"""

import shutil
import sys
from pathlib import Path

import cv2
import numpy as np

HERE = Path(__file__).parent

# (x, y) clockwise: rim of the cup, handle of the spoon, saucer; drawn by hand on the photograph at 360 x 240 pixels.
# fmt: off
CUP_AND_SAUCER = [
    (104, 62), (105, 49), (112, 36), (124, 25), (140, 17), (158, 12), (175, 11), (194, 13), (212, 20), (227, 30),
    (237, 43), (244, 41), (251, 43), (254, 51), (251, 61), (250, 66), (262, 77), (275, 93), (283, 110), (287, 128),
    (286, 147), (280, 166), (272, 182), (259, 198), (236, 216), (206, 228), (172, 232), (140, 230), (110, 221),
    (80, 202), (60, 178), (51, 154), (47, 128), (49, 108), (56, 87), (67, 71), (82, 58), (104, 46),
]
# fmt: on


def with_orientation(jpeg: bytes, orientation: int) -> bytes:
    """Insert an EXIF block that holds nothing but the orientation (1 to 8) behind a JPEG's first marker."""
    tiff_header = b"MM\x00*" + (8).to_bytes(4, "big")
    entry = b"".join(n.to_bytes(size, "big") for n, size in [(0x0112, 2), (3, 2), (1, 4), (orientation, 2), (0, 2)])
    exif = b"Exif\x00\x00" + tiff_header + (1).to_bytes(2, "big") + entry + (0).to_bytes(4, "big")
    return jpeg[:2] + b"\xff\xe1" + (len(exif) + 2).to_bytes(2, "big") + exif + jpeg[2:]


def jpeg_bytes(bgr: np.ndarray, quality: int) -> bytes:
    """Encode a (H, W, 3) uint8 BGR image as JPEG."""
    _, buffer = cv2.imencode(".jpg", bgr, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return buffer.tobytes()


def cut_out_cup(bgr: np.ndarray) -> np.ndarray:
    """Return (240, 360, 4) uint8: the photograph with an alpha channel that keeps the cup and its saucer."""
    outline = np.zeros(bgr.shape[:2], np.uint8)
    cv2.fillPoly(outline, [np.array(CUP_AND_SAUCER)], 255)
    alpha = cv2.GaussianBlur(outline, (7, 7), 0)  # a soft edge, as a drawing program leaves it
    return np.dstack([bgr, alpha])


def main(photographs: Path) -> None:
    """Write every image of the lesson."""
    shutil.copyfile(photographs / "chelsea.png", HERE / "cat.png")

    astronaut = cv2.imread(str(photographs / "astronaut.png"))
    (HERE / "astronaut.jpg").write_bytes(jpeg_bytes(astronaut[0:360, 60:360], 90))

    rocket = cv2.imread(str(photographs / "rocket.jpg"))
    (HERE / "rocket.jpg").write_bytes(jpeg_bytes(rocket, 80))
    upright = rocket[7:427, 200:500]
    sideways = cv2.rotate(upright, cv2.ROTATE_90_COUNTERCLOCKWISE)  # as the sensor of a tilted phone sees it
    (HERE / "rocket_phone.jpg").write_bytes(with_orientation(jpeg_bytes(sideways, 85), orientation=6))

    camera = cv2.imread(str(photographs / "camera.png"), cv2.IMREAD_GRAYSCALE)
    grey = cv2.resize(camera[0:512, 64:448], (192, 256), interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(HERE / "grey.png"), grey)

    # Averaging 6 x 6 pixels of 8 bits gives levels in between: enough for 12 bits, stored in 16 as sensors do.
    retina = cv2.imread(str(photographs / "retina.jpg"))[120:1290, 60:1350, 1].astype(np.float32)
    sensor = cv2.resize(retina, (215, 195), interpolation=cv2.INTER_AREA)
    sensor = np.rint(sensor / sensor.max() * 4095).astype(np.uint16)
    cv2.imwrite(str(HERE / "retina_12bit.png"), sensor)

    coffee = cv2.imread(str(photographs / "coffee.png"))
    coffee = cv2.resize(coffee, (360, 240), interpolation=cv2.INTER_AREA)
    cv2.imwrite(str(HERE / "cup.png"), cut_out_cup(coffee))

    whole = jpeg_bytes(cv2.imread(str(photographs / "chelsea.png")), 85)
    (HERE / "cat_cut_off.jpg").write_bytes(whole[: len(whole) * 55 // 100])

    (HERE / "not_an_image.jpg").write_text("<html><body>404 Not Found</body></html>\n")
    (HERE / "empty.jpg").write_bytes(b"")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
