# %% [markdown] minutes=120 seconds=25 megabytes=900
# # What imread returns
#
# > *"You write `image = cv2.imread("photo.jpg")`. What is in `image`?"*
#
# A common answer:
#
# > *"A NumPy array with the pixels: width by height by three, RGB, from 0 to 255. If the file is not there, you get an
# > exception. Then I divide by 255 and give it to the model."*
#
# **What is wrong with it?** Write down what you find before you read on. There are at least five things; the end of the
# lesson lists them.

# %% [markdown]
# ## What you will be able to do
#
# - say what `imread` returns for the files that you will meet
# - choose the flag, and know what the default throws away
# - resize and brighten without mixing up axes or wrapping numbers
# - turn a list of photographs into the batch that a PyTorch model expects
# - write the `load_image` that belongs in every project
#
# **You need:** [NumPy arrays](../a1_numpy_arrays/a1_numpy_arrays.ipynb).
# **Not here:** video, colour profiles, RAW files, writing images.
# **Time:** 120 minutes, 84 of them for the exercises. Every result below is the same in OpenCV 4.14 and 5.0.

# %%
import tempfile
import zlib
from pathlib import Path

import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch
from PIL import Image

from autograder.expect import expect, fresh_generator
from autograder.figures import show

print("OpenCV", cv2.__version__, "· NumPy", np.__version__, "· torch", torch.__version__)


def panels(images: dict[str, np.ndarray], height: float = 2.6, **imshow_options) -> plt.Figure:
    """Draw images side by side, each below its title; Matplotlib takes their channels for RGB."""
    widths = [image.shape[1] / image.shape[0] for image in images.values()]
    figure, axes = plt.subplots(
        1,
        len(images),
        figsize=(height * sum(widths) + 0.8 * len(images), height + 0.5),
        width_ratios=widths,
        squeeze=False,
    )
    for axis, (title, image) in zip(axes[0], images.items(), strict=True):
        axis.imshow(image, **imshow_options)
        axis.set(title=title, xlabel="x (pixels)", ylabel="y (pixels)")
    figure.tight_layout()
    return figure


# %% [markdown]
# ## 1. Bytes go in, numbers come out
#
# `cv2.imread` reads the compressed bytes of a file, finds the format in the first few of them (the file's name does not
# matter), decodes, and returns an ordinary NumPy array. Say three properties in one breath: dtype `uint8`, shape
# **(height, width, 3)**, channels in the order **blue, green, red**.
#
# Take two rows of three pixels: red, green, blue above black, grey, white.

# %%
tiny = np.array(
    [
        [[0, 0, 255], [0, 255, 0], [255, 0, 0]],  # red, green, blue: each pixel is (B, G, R)
        [[0, 0, 0], [128, 128, 128], [255, 255, 255]],  # black, grey, white
    ],
    dtype=np.uint8,
)
_, png = cv2.imencode(".png", tiny)  # a PNG file, in memory
decoded = cv2.imdecode(png, cv2.IMREAD_COLOR)  # imread for bytes that are already in memory

print("shape", decoded.shape, "dtype", decoded.dtype)
print("top left pixel, a pure red:", decoded[0, 0])
print("file:", png.nbytes, "bytes; array:", decoded.nbytes, "bytes")

# %% [markdown]
# Height comes first because a row of the image is a row of the array. The file's size says nothing about the array's:
# here the file is larger; this lesson's JPEG photographs are 10 to 26 times smaller than their arrays.
#
# **Predict.** Matplotlib takes the last axis for red, green, blue. You show an astronaut in an orange suit without
# swapping. Which colour will her face have, and what stays as it is?

# %%
astronaut = cv2.imread("images/astronaut.jpg")
show(
    panels({"BGR shown as if it were RGB": astronaut, "channels reversed: RGB": astronaut[:, :, ::-1]}, height=3),
    "Two copies of a portrait of an astronaut. Left, shown without swapping channels: the face is blue and the orange "
    "suit bright blue; white and grey parts look normal. Right, with reversed channels: natural colours.",
)

# %% [markdown]
# White, grey and black stay: their three channels are equal. A blue face is the lucky case: you see it. A network takes
# the same wrong numbers without complaint; only its answers get worse.

# %% [markdown]
# ## 2. When there is no image
#
# Now the file name has a typo: the photograph is a `.jpg`. **Predict:** the next cell calls `imread`, then tries four
# uses of what it returned. Which of these five raise, and what would the message tell you?

# %%
photo = cv2.imread("images/astronaut.png")
print("imread returned:", photo)

steps = {
    "photo.shape": lambda: photo.shape,
    "photo / 255": lambda: photo / 255,
    "photo[:, :, ::-1]": lambda: photo[:, :, ::-1],
    "cv2.cvtColor(photo, ...)": lambda: cv2.cvtColor(photo, cv2.COLOR_BGR2RGB),
}
for text, step in steps.items():
    try:
        step()
    except (AttributeError, TypeError) as error:
        print(f"{text:26} {type(error).__name__}: {error}")
    except cv2.error as error:
        print(f"{text:26} cv2.error: {error.err} in {error.func}")

# %% [markdown]
# For a missing or undecodable file, `imread` returns `None` and at most writes a warning to stderr. All four uses
# raise, often far away from here, with a message about `NoneType` or `!_src.empty()` that does not name the file.

# %%
for path in ("images/nothing.jpg", "images", "images/not_an_image.jpg", "images/empty.jpg"):
    print(f"{path:26} exists: {str(Path(path).exists()):6} imread: {cv2.imread(path)}")

# %% [markdown]
# A missing file, a folder, a web page saved as `.jpg`, an empty file: one and the same `None`. A good loader tells them
# apart: look at the path first, then at the bytes.
#
# Type checkers help: OpenCV's stubs declare `MatLike | None`, and mypy objects if you ignore the `None`.

# %% [markdown]
# There is a second way in. **`imdecode`** takes the bytes of a file as a `uint8` array, wherever they came from: disk,
# upload, archive. Python opens the file, so a missing one raises at once, and any file name works. On Windows, `imread`
# is reported to fail on names like the next one (OpenCV issue 18305).

# %%
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "宇航员.jpg"
    path.write_bytes(Path("images/astronaut.jpg").read_bytes())
    contents = np.fromfile(path, dtype=np.uint8)  # the file's bytes: shape (number of bytes,)
print("bytes:", contents.shape, "image:", cv2.imdecode(contents, cv2.IMREAD_COLOR).shape)

too_large = bytearray(png.tobytes())  # the tiny PNG, but its header declares 60000 x 60000 pixels
too_large[16:24] = (60_000).to_bytes(4, "big") * 2
too_large[29:33] = zlib.crc32(too_large[12:29]).to_bytes(4, "big")  # the header's checksum
for label, damaged in {
    "a web page": np.fromfile("images/not_an_image.jpg", np.uint8),
    "no bytes": contents[:0],
    "too many pixels": np.frombuffer(too_large, np.uint8),
}.items():
    try:
        print(f"{label}: imdecode returned {cv2.imdecode(damaged, cv2.IMREAD_COLOR)}")
    except cv2.error as error:
        print(f"{label}: imdecode raised cv2.error: {error.err}")

# %% [markdown]
# Three bad inputs, two behaviours: bytes that are no image give `None`, but *no bytes at all* raise `cv2.error`, and so
# does a header that declares more than $2^{30}$ pixels, or a side above $2^{20}$. Then `imread` raises too.

# %% [markdown] statement="read_rgb"
# ### Exercise: read an image or say why not
#
# Write `read_rgb(path)`, which reads an image file as people expect to see it.
#
# - It returns a `(H, W, 3)` `uint8` array in the order **red, green, blue**. A grey file gives three equal channels. A
#   photograph that carries an EXIF orientation comes upright.
# - If no file is at `path`, or a folder is, it raises `FileNotFoundError`, and the message contains `path`.
# - If the file is there but cannot be decoded (an empty file too), it raises `ValueError`, and the message contains
#   `path`.
#
# `path` is a string. Not tested here: transparency, 16 bits, cut-off files, too many pixels.

# %% [markdown] hints="read_rgb"
# <details><summary>Hint 1: the idea</summary>
#
# Two questions, one after the other: is there a file, and could it be decoded? Each "no" gets its own exception.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `pathlib.Path.is_file`, `cv2.imread`, and `cv2.cvtColor` with `cv2.COLOR_BGR2RGB` (or a reversed last axis).
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You convert the colours before you look at the result. On `None` the conversion itself fails, with the wrong
# exception. And remember that a folder *exists*.
#
# </details>


# %% exercise="read_rgb" minutes=10 difficulty=2 question="Q10"
def read_rgb(path: str) -> np.ndarray:
    """Read an image file.

    Args:
        path: where the file is, relative to the working directory or absolute.

    Returns:
        (H, W, 3) uint8, RGB, upright.

    Raises:
        FileNotFoundError: if there is no file at ``path``; the message names it.
        ValueError: if the file cannot be decoded; the message names it.
    """
    ### BEGIN SOLUTION
    if not Path(path).is_file():
        raise FileNotFoundError(f"There is no file at {path!r}. Check its name and the working directory.")
    bgr = cv2.imread(path)
    if bgr is None:
        raise ValueError(f"{path!r} cannot be decoded: it is empty, damaged or not an image.")
    return cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
    ### END SOLUTION


# %% test="read_rgb" points=2
rocket = cv2.imread("images/rocket.jpg")
swapped = "The channels are in OpenCV's order, BGR: red and blue are exchanged."
expect(read_rgb, "images/rocket.jpg").returns(
    rocket[:, :, ::-1],
    mistakes={
        swapped: rocket,
        "Rows and columns are exchanged: the shape is (height, width, 3).": rocket[:, :, ::-1].transpose(1, 0, 2),
        "This is one grey channel: the photograph has three.": cv2.imread("images/rocket.jpg", cv2.IMREAD_GRAYSCALE),
    },
).has_dtype(np.uint8)
phone = cv2.imread("images/rocket_phone.jpg")
stored = cv2.imread("images/rocket_phone.jpg", cv2.IMREAD_UNCHANGED)
expect(read_rgb, "images/rocket_phone.jpg").returns(
    phone[:, :, ::-1],
    mistakes={
        swapped: phone,
        "The photograph lies on its side: its EXIF orientation was not applied.": stored[:, :, ::-1],
    },
)
expect(read_rgb, "images/nothing.jpg").raises(
    FileNotFoundError,
    mentioning=["images/nothing.jpg"],
    cause="A missing file is a FileNotFoundError with the path in its message; imread only returns None.",
)
undecodable = "A file that cannot be decoded is a ValueError with the path in its message; it is not missing."
expect(read_rgb, "images/not_an_image.jpg").raises(
    ValueError, mentioning=["images/not_an_image.jpg"], cause=undecodable
)
### BEGIN HIDDEN TESTS
grey = cv2.imread("images/grey.png", cv2.IMREAD_GRAYSCALE)
expect(read_rgb, "images/grey.png").returns(
    np.dstack([grey, grey, grey]), mistakes={"A grey file must give three equal channels, not a (H, W) array.": grey}
).has_dtype(np.uint8)
expect(read_rgb, "images").raises(
    FileNotFoundError,
    mentioning=["images"],
    cause="A folder exists, but it is not a file: ask is_file(), not exists().",
)
expect(read_rgb, "images/empty.jpg").raises(ValueError, mentioning=["images/empty.jpg"], cause=undecodable)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. What the flag keeps and what it throws away
#
# The second argument of `imread` is a set of bits. The default, `IMREAD_COLOR`, promises three channels of 8 bits and
# makes them out of nearly every file.
#
# | flag | value | channels | 16 bits | EXIF turn |
# |---|---|---|---|---|
# | `IMREAD_COLOR` (default) | 1 | always 3, BGR | lost | applied |
# | `IMREAD_COLOR_RGB` | 256 | always 3, RGB | lost | applied |
# | `IMREAD_GRAYSCALE` | 0 | shape (H, W) | lost | applied |
# | `IMREAD_UNCHANGED` | −1 | as stored, alpha too | kept | **not** applied |
# | `IMREAD_ANYDEPTH` | 2 | a bit to add: `COLOR \| ANYDEPTH` | kept | applied |
# | `IMREAD_ANYCOLOR` | 4 | 1 or 3, alpha lost | lost | applied |
# | `IMREAD_IGNORE_ORIENTATION` | 128 | a bit to add | – | not applied |

# %% [markdown]
# **Predict.** The next cell decodes five files in five ways. For which does the default (`COLOR`) lose something, and
# for which does it fail? And which column, besides `GRAYSCALE`, makes the phone's colour photograph grey?

# %%
flags = {
    "COLOR": cv2.IMREAD_COLOR,
    "GRAYSCALE": cv2.IMREAD_GRAYSCALE,
    "UNCHANGED": cv2.IMREAD_UNCHANGED,
    "ANYDEPTH": cv2.IMREAD_ANYDEPTH,
    "COLOR | ANYDEPTH": cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH,
}
names = ("rocket_phone.jpg", "grey.png", "cup.png", "retina_12bit.png")
encoded = {name: np.fromfile(f"images/{name}", np.uint8) for name in names}
encoded["float.tiff"] = cv2.imencode(".tiff", np.ones((4, 5, 3), np.float32))[1]  # values such as a depth map's
print(" " * 17, *(f"{name:>23}" for name in flags))
for name, contents in encoded.items():
    images = [cv2.imdecode(contents, flag) for flag in flags.values()]
    found = ["None" if image is None else f"{image.shape} {image.dtype}" for image in images]
    print(f"{name:17}", *(f"{text:>23}" for text in found))

# %% [markdown]
# `cup.png` loses its alpha, the retina its 16 bits, both without a word. The float file gives `None`: nothing is wrong
# with it, only with the flag. And `ANYDEPTH` alone has no colour bit, so it means *grey at any depth*. Nor has
# `IGNORE_ORIENTATION`: alone it means 8-bit grey, not turned. Combine them with `IMREAD_COLOR`.
#
# A grey file gives `(H, W, 3)` by default, so `image.ndim == 3` does not tell you that the photograph was in colour.

# %% [markdown]
# **Orientation.** A phone stores what its sensor saw and adds a note, the EXIF orientation: 1 is upright, 6 means "turn
# by 90° clockwise to view". The default flag obeys it, and height and width change places. Boxes drawn on the stored
# image no longer fit.

# %%
orientation = Image.open("images/rocket_phone.jpg").getexif()[0x0112]  # 0x0112 is EXIF's number for the orientation
upright = cv2.imread("images/rocket_phone.jpg")
as_stored = cv2.imread("images/rocket_phone.jpg", cv2.IMREAD_COLOR | cv2.IMREAD_IGNORE_ORIENTATION)
print("EXIF orientation:", orientation)
show(
    panels(
        {
            f"default {upright.shape[:2]}": upright[:, :, ::-1],
            f"IGNORE_ORIENTATION {as_stored.shape[:2]}": as_stored[:, :, ::-1],
        }
    ),
    "The same photograph of a rocket on its launch pad, read twice. With the default flag it stands upright, 420 rows by "
    "300 columns; when the orientation is ignored it lies on its side, 300 by 420.",
)

# %% [markdown]
# **Depth.** Medical and industrial cameras often deliver 12 bits, 0 to 4095, stored in a 16-bit PNG. By default OpenCV
# keeps the high byte of each number: $4095 = 15 \cdot 256 + 255$, so the brightest pixel becomes 15.
#
# **Predict:** what will the picture look like, and how many of its 2350 grey levels are left?

# %%
by_default = cv2.imread("images/retina_12bit.png", cv2.IMREAD_GRAYSCALE)
kept = cv2.imread("images/retina_12bit.png", cv2.IMREAD_UNCHANGED)
shown = {
    "default, on a scale of 0 to 255": by_default / 255,
    "default, stretched to its own range": by_default / by_default.max(),
    "UNCHANGED, on a scale of 0 to 4095": kept / 4095,
}
for name, image in {"default": by_default, "UNCHANGED": kept}.items():
    print(f"{name:10} {image.dtype!s:7} maximum {image.max():5} levels {np.unique(image).size}")
show(
    panels(shown, cmap="gray", vmin=0, vmax=1),
    "A photograph of a retina stored with 12 bits. Read by the default flag it is almost black; stretched to its own "
    "range it shows flat steps, because 16 levels are left; read unchanged it is smooth.",
)

# %% [markdown]
# Stretching brings the picture back, but not the levels. Instead keep 16 bits and divide by the camera's white level:
# $\mathrm{round}(255 \cdot v / 4095)$. The file does not say whether white is 4095 or 65535: you must know.

# %% [markdown] statement="describe"
# ### Exercise: what is really in this file?
#
# Write `describe(data)`, which takes the **bytes of an image file** and reports the image as OpenCV's decoder finds it
# **when nothing is turned, dropped, added or reduced**. It returns a `dict` with exactly these keys:
#
# - `"height"`, `"width"`: the stored rows and columns
# - `"channels"`: 1 for a grey image, 3 for colour, 4 with alpha (in a PNG, OpenCV decodes a palette to 3, grey with alpha to 4)
# - `"dtype"`: the name as a `str`, such as `"uint8"`
# - `"file_bytes"`: how many bytes `data` has
# - `"array_bytes"`: how many bytes the pixel values take in memory
#
# `data` is of type `bytes`. If it is empty or cannot be decoded, raise `ValueError`. Files that are cut off or have too
# many pixels are not tested.

# %% [markdown] hints="describe"
# <details><summary>Hint 1: the idea</summary>
#
# Decode the bytes with the one flag that changes nothing, then read everything off the array.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `np.frombuffer` makes a `uint8` array of bytes without copying; `cv2.imdecode` decodes it; `ndarray.nbytes` counts.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# A grey image decoded as stored has no third axis: there is no `image.shape[2]`, and no third name to unpack. And empty
# bytes raise in `imdecode` before you can look at the result.
#
# </details>


# %% exercise="describe" minutes=8 difficulty=2 question="Q10"
def describe(data: bytes) -> dict[str, int | str]:
    """Report an encoded image as it is stored.

    Args:
        data: the contents of an image file.

    Returns:
        height, width, channels, dtype (a str), file_bytes and array_bytes.

    Raises:
        ValueError: if ``data`` is empty or cannot be decoded.
    """
    ### BEGIN SOLUTION
    if not data:
        raise ValueError("No bytes were given.")
    image = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if image is None:
        raise ValueError("The bytes cannot be decoded: they are damaged or not an image.")
    return {
        "height": image.shape[0],
        "width": image.shape[1],
        "channels": 1 if image.ndim == 2 else image.shape[2],
        "dtype": str(image.dtype),
        "file_bytes": len(data),
        "array_bytes": image.nbytes,
    }
    ### END SOLUTION


# %% test="describe" points=2
def sheet(
    height: int, width: int, channels: int, dtype: object, file_bytes: int, array_bytes: int
) -> dict[str, object]:
    """Write down one description."""
    names = ("height", "width", "channels", "dtype", "file_bytes", "array_bytes")
    return dict(zip(names, (height, width, channels, dtype, file_bytes, array_bytes), strict=True))


data = Path("images/rocket.jpg").read_bytes()
expect(describe, data).returns(
    sheet(427, 640, 3, "uint8", 32602, 819840),
    mistakes={
        "Height and width are exchanged: a shape is (height, width).": sheet(640, 427, 3, "uint8", 32602, 819840),
        "array_bytes counts bytes, not pixels: every pixel has three of them.": sheet(
            427, 640, 3, "uint8", 32602, 273280
        ),
        "file_bytes is the size of the file, not of the array.": sheet(427, 640, 3, "uint8", 819840, 819840),
        "file_bytes is len(data); sys.getsizeof adds Python's own book-keeping.": sheet(
            427, 640, 3, "uint8", 32635, 819840
        ),
        "image.dtype is an object; its name is a str.": sheet(427, 640, 3, np.dtype("uint8"), 32602, 819840),
    },
)
data = Path("images/retina_12bit.png").read_bytes()
expect(describe, data).returns(
    sheet(195, 215, 1, "uint16", 53059, 83850),
    cause="A grey image decoded as stored has two axes, (H, W): no third number to unpack or to index.",
    mistakes={
        "You decoded with the default flag: it makes three channels of 8 bits out of this file too.": sheet(
            195, 215, 3, "uint8", 53059, 125775
        ),
        "You decoded to 8-bit grey: the file holds 16 bits.": sheet(195, 215, 1, "uint8", 53059, 41925),
        "COLOR | ANYDEPTH keeps the bits but makes three channels of one.": sheet(195, 215, 3, "uint16", 53059, 251550),
        "A 16-bit value takes two bytes: size counts values, nbytes counts bytes.": sheet(
            195, 215, 1, "uint16", 53059, 41925
        ),
    },
)
expect(describe, b"<html>404</html>").raises(ValueError, cause="imdecode returns None for bytes that are not an image.")
### BEGIN HIDDEN TESTS
data = Path("images/rocket_phone.jpg").read_bytes()
expect(describe, data).returns(
    sheet(300, 420, 3, "uint8", len(data), 378000),
    mistakes={
        "You let EXIF turn the photograph: as stored it is 300 high.": sheet(420, 300, 3, "uint8", len(data), 378000)
    },
)
data = Path("images/cup.png").read_bytes()
expect(describe, data).returns(
    sheet(240, 360, 4, "uint8", len(data), 345600),
    mistakes={
        "The alpha channel is lost: only IMREAD_UNCHANGED keeps it.": sheet(240, 360, 3, "uint8", len(data), 259200)
    },
)
data = Path("images/grey.png").read_bytes()
expect(describe, data).returns(sheet(256, 192, 1, "uint8", len(data), 49152))
rng = fresh_generator(10)
for image, suffix in [
    (rng.integers(0, 65536, (5, 9, 4), np.uint16), ".png"),
    (rng.integers(0, 65536, (1, 7, 3), np.uint16), ".png"),
    (rng.integers(0, 256, (6, 1), np.uint8), ".png"),
    (rng.random((4, 3, 3), np.float32), ".tiff"),
]:
    data = cv2.imencode(suffix, image)[1].tobytes()
    channels = 1 if image.ndim == 2 else image.shape[2]
    expect(describe, data).returns(sheet(*image.shape[:2], channels, str(image.dtype), len(data), image.nbytes))
expect(describe, b"").raises(ValueError, cause="Without any bytes imdecode raises cv2.error: ask for them first.")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Transparency: what hides under alpha
#
# Alpha says how much of a pixel covers what lies behind it: 0 nothing, 255 all. Where alpha is 0 the file still holds
# a colour, which no viewer shows. The default flag drops alpha.
#
# **Predict.** Someone cut this cup, with saucer and spoon, out of a photograph. What will you see around it by default:
# white, black, or something else?

# %%
default = cv2.imread("images/cup.png")
with_alpha = cv2.imread("images/cup.png", cv2.IMREAD_UNCHANGED)
as_viewers_show = with_alpha[:, :, [2, 1, 0, 3]]  # Matplotlib wants RGBA and blends it with the white page
grey_alpha = np.dstack([with_alpha[:, :, 3]] * 3)
show(
    panels(
        {"default": default[:, :, ::-1], "alpha alone": grey_alpha, "as a viewer shows it": as_viewers_show}, height=2.1
    ),
    "A cup of coffee from an image with transparency. Left, read by default: the wooden table is back. Middle: the alpha "
    "channel, white on cup, saucer and spoon and black elsewhere. Right: cup, saucer and spoon alone on white.",
)

# %% [markdown]
# Something else: the table is back. For a classifier these are two different pictures, and the user only ever saw the
# right one. To get it, blend each channel with white (Porter and Duff's "over"):
#
# $$c_\text{out} = \frac{\alpha}{255}\,c + \Bigl(1 - \frac{\alpha}{255}\Bigr)\,255$$
#
# A partly covered pixel on the edge, $c = 40$ and $\alpha = 102$: $0.4 \cdot 40 + 0.6 \cdot 255 = 169$.

# %%
colour, alpha = np.float64(40), np.float64(102)
print("over white:", alpha / 255 * colour + (1 - alpha / 255) * 255)

# %% [markdown] statement="over_white"
# ### Exercise: lay it on white
#
# Write `over_white(bgra)`, which blends an image with alpha onto a white background by the formula above.
#
# - `bgra` is `(H, W, 4)` `uint8`: blue, green, red, alpha (not multiplied into the colours).
# - The result is `(H, W, 3)` `uint8`, in the same order: blue, green, red.
# - Values are rounded to the **nearest** whole number (a tie cannot occur) and must agree exactly.
# - `bgra` is left as it was.

# %% [markdown] hints="over_white"
# <details><summary>Hint 1: the idea</summary>
#
# Split the four channels into colour and alpha, bring alpha to 0..1, apply the formula once to all three colours.
#
# </details>
# <details><summary>Hint 2: the function to look at</summary>
#
# Print the shapes of `bgra[:, :, 3]` and `bgra[:, :, 3:]`. Which of them broadcasts against three colours? For the
# rounding there is `np.rint`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You multiply two `uint8` arrays, or you convert to `uint8` without rounding.
#
# </details>


# %% exercise="over_white" minutes=8 difficulty=3 question="Q10"
def over_white(bgra: np.ndarray) -> np.ndarray:
    """Blend an image with transparency onto white.

    Args:
        bgra: (H, W, 4) uint8, alpha last and not premultiplied.

    Returns:
        (H, W, 3) uint8, BGR.
    """
    ### BEGIN SOLUTION
    alpha = bgra[:, :, 3:] / 255  # (H, W, 1), 0 to 1
    blended = alpha * bgra[:, :, :3] + (1 - alpha) * 255
    return np.rint(blended).astype(np.uint8)
    ### END SOLUTION


# %% test="over_white" points=2
edge = np.array([[[42, 91, 203, 102], [10, 20, 30, 0], [10, 20, 30, 255], [0, 0, 0, 255]]], np.uint8)  # (1, 4, 4)
clear, covered, black = [255, 255, 255], [10, 20, 30], [0, 0, 0]
mistaken = {
    "You dropped alpha: the colour that was hidden is back.": [[42, 91, 203], covered, covered, black],
    "You only cut at a threshold: an edge pixel is covered in part.": [clear, clear, covered, black],
    "You only painted the clear pixels white: an edge pixel is covered in part.": [
        [42, 91, 203],
        clear,
        covered,
        black,
    ],
    "You blended with black: the white background times (1 - alpha) is missing.": [
        [17, 36, 81],
        black,
        covered,
        black,
    ],
    "Alpha is the wrong way round: 255 means covered, 0 means clear.": [[127, 157, 224], covered, clear, clear],
    "The channels come back as RGB: keep the order blue, green, red.": [[234, 189, 170], clear, [30, 20, 10], black],
    "astype(uint8) cuts the fraction off: round first.": [[169, 189, 234], clear, covered, black],
    "Colour times alpha does not fit into uint8: widen before you multiply.": [
        [154, 153, 154],
        clear,
        [1, 1, 1],
        black,
    ],
    "Everything was computed in uint8: the products wrap.": [black, black, black, black],
    "The products were computed in uint8 and wrapped before you divided.": [
        [0, 1, 0],
        black,
        [1, 1, 1],
        black,
    ],
}
expect(over_white, edge).returns(
    np.array([[[170, 189, 234], clear, covered, black]], np.uint8),
    mistakes={message: np.array([pixels], np.uint8) for message, pixels in mistaken.items()},
    cause="Three channels, blended with white and rounded once at the end. If an error was raised: bgra[:, :, 3] has lost "
    "its third axis, and (H, W) does not meet (H, W, 3).",
).has_dtype(np.uint8, cause="The result is uint8 again: round, then convert.")
### BEGIN HIDDEN TESTS
levels = np.arange(256, dtype=np.uint8)
every = np.zeros((256, 256, 4), np.uint8)  # every colour value (rows) with every alpha (columns)
every[:, :, 0], every[:, :, 1], every[:, :, 2], every[:, :, 3] = levels[:, None], levels[::-1, None], 77, levels
wide = every.astype(np.int64)
numerator = wide[:, :, :3] * wide[:, :, 3:] + 255 * (255 - wide[:, :, 3:])
expect(over_white, every).returns(
    ((2 * numerator + 255) // 510).astype(np.uint8),
    mistakes={"astype(uint8) cuts the fraction off: round first.": (numerator // 255).astype(np.uint8)},
).has_dtype(np.uint8, cause="The result is uint8 again: round, then convert.").leaves_arguments_alone()
cup = cv2.imread("images/cup.png", cv2.IMREAD_UNCHANGED)
wide = cup.astype(np.int64)
numerator = wide[:, :, :3] * wide[:, :, 3:] + 255 * (255 - wide[:, :, 3:])
expect(over_white, cup).returns(((2 * numerator + 255) // 510).astype(np.uint8))
### END HIDDEN TESTS

# %% [markdown]
# ## 5. (height, width) in NumPy, (width, height) in OpenCV
#
# NumPy counts rows, then columns. OpenCV's functions speak geometry.
#
# | | order |
# |---|---|
# | `image.shape`, `image[row, column]` | height, width · y, x |
# | `cv2.resize(image, dsize)` | width, height |
# | `cv2.circle(image, centre, ...)` | x, y |

# %%
rocket = cv2.imread("images/rocket.jpg")  # (427, 640, 3)
height, width = rocket.shape[:2]
half = cv2.resize(rocket, (width // 2, height // 2))
print("shape", rocket.shape, "-> half", half.shape)
print("pixel at x=600, y=100:", rocket[100, 600])
try:
    rocket[600, 100]
except IndexError as error:
    print("rocket[600, 100]:", error)

# %% [markdown]
# A swapped index fails, if you are lucky and leave the image. **Predict:** what does
# `cv2.resize(rocket, rocket.shape[:2])` give, which reads like "resize to its own size"?

# %%
swapped_size = cv2.resize(rocket, rocket.shape[:2])
marked = cv2.circle(rocket.copy(), (325, 140), 24, (0, 255, 255), 4)  # centre (x, y), yellow in BGR
marked = cv2.circle(marked, (140, 325), 24, (255, 255, 0), 4)  # the same numbers as (y, x), cyan
show(
    panels(
        {
            "yellow (325, 140), cyan (140, 325)": marked[:, :, ::-1],
            "resized to shape[:2]": swapped_size[:, :, ::-1],
        }
    ),
    "Left: a rocket on its launch pad with a yellow circle on its top and a cyan circle, drawn with x and y "
    "exchanged, off to the lower left. Right: the same photograph squeezed to portrait format, 640 rows by 427 columns.",
)

# %% [markdown]
# No error: a squeezed portrait, 640 rows by 427 columns.
#
# One more decision in every resize: how pixels are combined. The default, `INTER_LINEAR`, mixes the nearest four;
# `INTER_AREA` averages all that a new pixel covers. **Predict:** every fourth column is white, and you shrink to a
# quarter. What is left of the white?

# %%
stripes = np.array([[0, 0, 0, 255, 0, 0, 0, 255]], np.uint8)
for name, method in {"INTER_LINEAR": cv2.INTER_LINEAR, "INTER_AREA": cv2.INTER_AREA}.items():
    print(f"{name:12}", cv2.resize(stripes, (2, 1), interpolation=method))

# %% [markdown]
# `INTER_LINEAR` never looked at the white columns; `INTER_AREA` gives $255 / 4 \approx 64$. In photographs, skipped
# pixels become jagged edges and false patterns.

# %% [markdown] statement="fit_within"
# ### Exercise: shrink to fit
#
# Write `fit_within(image, max_width, max_height)`, which shrinks an image until it fits into a box.
#
# - Scale factor: the largest $s \le 1$ with $s \cdot \text{width} \le$ `max_width` and $s \cdot \text{height} \le$
#   `max_height`. One factor for both sides, so nothing is distorted. An image that fits already is returned with
#   unchanged values (the same array or a copy): nothing is ever enlarged.
# - New sides: `round(side * s)`, but at least 1. No test comes near a rounding tie.
# - Each new pixel is the average over the area that it covers, as `INTER_AREA` computes it for these new sides: it
#   covers old width / new width by old height / new height pixels. Tolerance: 1 level for `uint8`, 256 for `uint16`.
# - `image` is `(H, W)`, `(H, W, 3)` or `(H, W, 4)`, `uint8` or `uint16`, and not empty. The result has the same dtype
#   and number of axes. The input stays as it was. `max_width` and `max_height` are integers of at least 1.

# %% [markdown] hints="fit_within"
# <details><summary>Hint 1: the idea</summary>
#
# Each side of the box allows one scale factor. Which of the two keeps *both* sides inside? And what if both are above
# 1?
#
# </details>
# <details><summary>Hint 2: the function to look at</summary>
#
# `cv2.resize(image, (new_width, new_height), interpolation=...)`. Unpack `image.shape[:2]` into names first; then you
# never write an index that can be swapped.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# The size in the order of the shape; or a side that rounds to 0 for very flat images (`cv2.error: inv_scale_x > 0`); or
# `fx` and `fy`, which average over slightly other areas than the rounded sides do.
#
# </details>


# %% exercise="fit_within" minutes=10 difficulty=3 question="Q10"
def fit_within(image: np.ndarray, max_width: int, max_height: int) -> np.ndarray:
    """Shrink an image, with its proportions kept, until it fits into a box.

    Args:
        image: (H, W), (H, W, 3) or (H, W, 4), uint8 or uint16.
        max_width: width of the box in pixels.
        max_height: height of the box in pixels.

    Returns:
        The image with round(side * scale) pixels per side, at least 1; same dtype, same number of axes.
    """
    ### BEGIN SOLUTION
    height, width = image.shape[:2]
    scale = min(1.0, max_width / width, max_height / height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)
    ### END SOLUTION


# %% test="fit_within" points=3
cat = cv2.imread("images/cat.png")  # (300, 451, 3)
expect(fit_within, cat, 120, 90).close_to(
    cv2.resize(cat, (120, 80), interpolation=cv2.INTER_AREA),
    atol=1,
    mistakes={
        "cv2.resize takes (width, height): yours is given as (height, width).": cv2.resize(
            cat, (80, 120), interpolation=cv2.INTER_AREA
        ),
        "The box is turned: max_width bounds shape[1], not shape[0].": cv2.resize(
            cat, (90, 60), interpolation=cv2.INTER_AREA
        ),
        "You filled the box: width and height need the same factor.": cv2.resize(
            cat, (120, 90), interpolation=cv2.INTER_AREA
        ),
        "You took the larger of the two factors: one side sticks out of the box.": cv2.resize(
            cat, (135, 90), interpolation=cv2.INTER_AREA
        ),
        "Sides were cut off, not rounded: a float just below 120 became 119.": cv2.resize(
            cat, (119, 79), interpolation=cv2.INTER_AREA
        ),
        "A side was cut off, not rounded: 79.8 rows become 80.": cv2.resize(
            cat, (120, 79), interpolation=cv2.INTER_AREA
        ),
        "You cut a piece out: shrink the whole image.": cat[:90, :120],
        "The default, INTER_LINEAR, skips pixels when it shrinks: average the area.": cv2.resize(cat, (120, 80)),
        "INTER_NEAREST picks single pixels: average the area.": cv2.resize(
            cat, (120, 80), interpolation=cv2.INTER_NEAREST
        ),
        "INTER_CUBIC does not average the area that a new pixel covers.": cv2.resize(
            cat, (120, 80), interpolation=cv2.INTER_CUBIC
        ),
        "fx and fy average over areas that ignore the rounding: give cv2.resize the new size.": cv2.resize(
            cat, None, fx=120 / 451, fy=120 / 451, interpolation=cv2.INTER_AREA
        ),
    },
).has_dtype(np.uint8, cause="The result has the dtype of the image.")
expect(fit_within, cat, 1000, 800).returns(
    cat,
    mistakes={"You enlarged it: the factor is at most 1.": cv2.resize(cat, (1000, 665), interpolation=cv2.INTER_AREA)},
)
### BEGIN HIDDEN TESTS
exchanged = "cv2.resize takes (width, height), and max_width bounds the width, shape[1]."
grey = cv2.imread("images/grey.png", cv2.IMREAD_GRAYSCALE)  # (256, 192)
for box, size, wrong_size in [((300, 64), (48, 64), (64, 85)), ((400, 192), (144, 192), (192, 256))]:
    expect(fit_within, grey, *box).close_to(
        cv2.resize(grey, size, interpolation=cv2.INTER_AREA),
        atol=1,
        mistakes={exchanged: cv2.resize(grey, wrong_size, interpolation=cv2.INTER_AREA)},
    )
expect(fit_within, grey, 50, 300).close_to(
    cv2.resize(grey, (50, 67), interpolation=cv2.INTER_AREA),
    atol=1,
    mistakes={
        "A side was cut off, not rounded: 66.7 rows become 67.": cv2.resize(
            grey, (50, 66), interpolation=cv2.INTER_AREA
        )
    },
)
expect(fit_within, grey, 192, 255).close_to(cv2.resize(grey, (191, 255), interpolation=cv2.INTER_AREA), atol=1)
expect(fit_within, grey, 192, 256).returns(grey)
cup = cv2.imread("images/cup.png", cv2.IMREAD_UNCHANGED)
expect(fit_within, cup, 90, 90).close_to(cv2.resize(cup, (90, 60), interpolation=cv2.INTER_AREA), atol=1)
deep = cv2.imread("images/retina_12bit.png", cv2.IMREAD_UNCHANGED) * np.uint16(16)  # (195, 215)
expect(fit_within, deep, 86, 80).close_to(
    cv2.resize(deep, (86, 78), interpolation=cv2.INTER_AREA),
    atol=256,
    mistakes={
        "The result has the dtype of the image: 16 bits do not fit into uint8.": cv2.resize(
            deep, (86, 78), interpolation=cv2.INTER_AREA
        ).astype(np.uint8)
    },
).has_dtype(np.uint16, cause="The result has the dtype of the image.")
rng = fresh_generator(11)
line = rng.integers(0, 256, (2, 400, 3), np.uint8)
flat = "A very flat image still needs one row: a side is at least 1."
expect(fit_within, line, 10, 50).has_shape((1, 10, 3), cause=flat)
expect(fit_within, line.transpose(1, 0, 2).copy(), 50, 10).has_shape((10, 1, 3), cause=flat)
expect(fit_within, rng.integers(0, 256, (3, 1, 3), np.uint8), 1, 1).has_shape((1, 1, 3), cause=flat)
columns = np.tile(np.uint8([0, 0, 0, 255]), (40, 30))  # (40, 120): every fourth column is white
for box in ((30, 30), (30, 10)):
    expect(fit_within, columns, *box).close_to(
        np.full((10, 30), 64),
        atol=1,
        mistakes={"The stripes are lost: average the area that a new pixel covers.": np.zeros((10, 30))},
    ).leaves_arguments_alone()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Beyond 255
#
# A `uint8` ends at 255. What happens beyond depends on who computes. NumPy **wraps**: it keeps the remainder modulo
# 256, so $250 + 60 = 310 \to 54$. OpenCV **saturates**: it stops at 255, and at 0 on the other side. Both are silent.

# %%
row = np.array([[0, 100, 200, 250]], np.uint8)
print("NumPy, row + 60:       ", row + 60)
print("OpenCV, add(row, 60):  ", cv2.add(row, 60))
print("NumPy, row - 60:       ", row - 60)
print("OpenCV, add(row, -60): ", cv2.add(row, -60))
print("convertScaleAbs, -60:  ", cv2.convertScaleAbs(row, alpha=1, beta=-60))
try:
    row + (-60)
except OverflowError as error:
    print("NumPy 2, row + (-60):   OverflowError:", error)

# %% [markdown]
# The last two lines: `convertScaleAbs` takes the absolute value, so 0 − 60 becomes 60 and dark turns bright. NumPy 2
# keeps the array's dtype next to a Python number (NEP 50): a number that does not fit is an error, but a sum that does
# not fit is not.
#
# **Predict.** You brighten the cat by 90. Which parts of the picture go wrong, and what colour do they get?

# %%
cat = cv2.imread("images/cat.png")
show(
    panels(
        {
            "original": cat[:, :, ::-1],
            "cat + 90 (wraps)": (cat + 90)[:, :, ::-1],
            "cv2.add (saturates)": cv2.add(cat, (90, 90, 90))[:, :, ::-1],
        },
        height=2.1,
    ),
    "A cat three times. Left: the original. Middle: brightened by NumPy addition; bright fur turns "
    "cyan, the brightest parts blue or black. Right: brightened with saturation; bright parts become white.",
)

# %% [markdown]
# The bright parts, 31 % of the pixels, and most of them turn cyan: in light fur only red passes 255 and falls to almost
# nothing; green and blue stay high.
#
# `(90, 90, 90)` is one number per channel; `(90,)` would change blue only.

# %% [markdown] statement="brighten"
# ### Exercise: brighter, without surprises
#
# Write `brighten(image, amount)`, which adds `amount` to every value of every channel.
#
# - `image` is `(H, W, 3)` `uint8` with at least one pixel; `amount` is a Python `int` from −1000 to 1000.
# - Sums above 255 become 255, sums below 0 become 0. The result is `(H, W, 3)` `uint8`, exact.
# - `image` is left as it was.

# %% [markdown] hints="brighten"
# <details><summary>Hint 1: the idea</summary>
#
# Compute in a type in which every possible sum fits, limit, then go back to `uint8`. Or use a function that saturates.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `ndarray.astype` and `np.clip` (which type holds every sum from −1000 to 1255?); or `cv2.add`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `np.clip(image + amount, 0, 255)`: the addition wraps first, and a wrapped number is already between 0 and 255.
# Nothing is left to clip.
#
# </details>


# %% exercise="brighten" minutes=6 difficulty=2 question="Q10"
def brighten(image: np.ndarray, amount: int) -> np.ndarray:
    """Add a number to every value of an image, with saturation.

    Args:
        image: (H, W, 3) uint8.
        amount: -1000 to 1000; negative numbers darken.

    Returns:
        (H, W, 3) uint8: image + amount, limited to 0..255.
    """
    ### BEGIN SOLUTION
    total = image.astype(np.int16) + amount  # int16 holds every sum from -1000 to 1255
    return np.clip(total, 0, 255).astype(np.uint8)
    ### END SOLUTION


# %% test="brighten" points=2
pixels = np.array([[[0, 100, 200], [250, 195, 196]]], np.uint8)  # (1, 2, 3)
expect(brighten, pixels, 60).returns(
    np.array([[[60, 160, 255], [255, 255, 255]]], np.uint8),
    mistakes={
        "The sum wrapped around: 250 + 60 is 54 in uint8. Widen first, or let OpenCV add.": pixels + np.uint8(60),
        "Only the first channel was changed: (60,) means (60, 0, 0, 0). Give one number per channel.": np.array(
            [[[60, 100, 200], [255, 195, 196]]], np.uint8
        ),
        "You scaled the values by the brightest one: add, and limit to 255.": np.uint8(
            np.rint((pixels + 60.0) * 255 / 310)
        ),
    },
).has_dtype(np.uint8, cause="The result is uint8 again: limit first, then convert.").leaves_arguments_alone()
expect(brighten, pixels, -60).returns(
    np.array([[[0, 40, 140], [190, 135, 136]]], np.uint8),
    mistakes={
        "convertScaleAbs took the absolute value: 0 - 60 must become 0, not 60.": np.array(
            [[[60, 40, 140], [190, 135, 136]]], np.uint8
        ),
        "The difference wrapped around below 0: 0 - 60 is 196 in uint8.": pixels - np.uint8(60),
    },
)
### BEGIN HIDDEN TESTS
values = np.arange(256, dtype=np.uint8)
square = np.dstack([values.reshape(16, 16), values[::-1].reshape(16, 16), values.reshape(16, 16).T])
for amount in (0, 1, -1, 5, 127, 128, -128, 200, -200, 255, -255, 256, 300, -300, 1000, -1000):
    table = np.array([min(255, max(0, v + amount)) for v in range(256)], np.uint8)
    folded = np.array([min(255, abs(v + amount)) for v in range(256)], np.uint8)
    expect(brighten, square, amount).returns(
        table[square],
        mistakes={
            "The sum wrapped around: the amount or the sum does not fit into uint8.": square
            + np.array(amount).astype(np.uint8),
            "convertScaleAbs took the absolute value: below 0 is 0.": folded[square],
        },
    ).has_dtype(np.uint8, cause="The result is uint8 again: limit first, then convert.").leaves_arguments_alone()
cat = cv2.imread("images/cat.png")
expect(brighten, cat, 90).returns(np.array([min(255, v + 90) for v in range(256)], np.uint8)[cat])
column = np.array([[[250, 3, 100]], [[1, 2, 3]], [[255, 0, 9]], [[7, 8, 200]]], np.uint8)  # (4, 1, 3)
expect(brighten, column, 60).returns(
    np.array([[[255, 63, 160]], [[61, 62, 63]], [[255, 60, 69]], [[67, 68, 255]]], np.uint8)
)
### END HIDDEN TESTS

# %% [markdown]
# ## 7. From (H, W, 3) to (B, 3, H, W)
#
# PyTorch's convolutions want the channels *before* rows and columns: NCHW, that is batch, channels, height, width.
# OpenCV gives HWC. Two calls produce the shape `(3, H, W)`, and one of them destroys the picture.
#
# Two pixels in one row, $(1, 2, 3)$ and $(4, 5, 6)$: blue is $(1, 4)$, green $(2, 5)$, red $(3, 6)$.

# %%
two = np.array([[[1, 2, 3], [4, 5, 6]]], np.uint8)  # (1, 2, 3): H, W, C
print("transpose:", two.transpose(2, 0, 1).tolist())  # moves the axes
print("reshape:  ", two.reshape(3, 1, 2).tolist())  # keeps the memory order and cuts it elsewhere

# %% [markdown]
# `transpose` (torch: `permute`) moves axes. `reshape` deals the same numbers out again in memory order; its shape is
# right, so nothing complains.
#
# **Predict:** what will you see in the first of the three "channels" that `reshape` makes of the cat?

# %%
moved = cat.transpose(2, 0, 1)  # (3, 300, 451)
cut_up = cat.reshape(3, 300, 451)
show(
    panels(
        {
            "transpose: channel 0, blue": moved[0],
            "reshape: 'channel' 0": cut_up[0],
            "its top left corner, enlarged": cut_up[0, :24, :36],
        },
        height=2.1,
        cmap="gray",
    ),
    "Left: the blue channel of the cat as a grey image. Middle: what reshape calls channel 0: a fine grid in which only "
    "blurred shapes of the forehead can be guessed. Right: its corner of 24 by 36 pixels, a chequered pattern that nearly repeats "
    "every three columns and every three rows.",
)

# %% [markdown]
# Only the top third of the photograph is in it. Its first row is the left third of the cat's first row, blue, green and
# red in turn; the next row is the middle third; and so on. A network would train on this without complaint.
#
# Moving axes copies nothing: it makes a view with other strides. Two consequences meet you in torch.

# %%
flipped = cat[:, :, ::-1]  # a view: the last axis runs backwards
for label, attempt in {
    "from_numpy of a reversed view": lambda: torch.from_numpy(flipped),
    "view() of permuted axes": lambda: torch.from_numpy(cat).permute(2, 0, 1).view(-1),
    "from_numpy of a contiguous copy": lambda: torch.from_numpy(np.ascontiguousarray(flipped)),
}.items():
    try:
        print(f"{label:32} {tuple(attempt().shape)}")
    except (ValueError, RuntimeError) as error:
        print(f"{label:32} {type(error).__name__}: {str(error).split('.')[0]}")

shared = torch.from_numpy(tiny)
shared[0, 0, 0] = 99
print("the NumPy array sees the write:", tiny[0, 0])

# %% [markdown]
# So: reverse, then `np.ascontiguousarray`; permute, then `.contiguous()`. And `from_numpy` shares memory.
#
# **Normalisation.** Many pretrained models expect values from 0 to 1, minus a mean, divided by a standard deviation,
# *per channel*, in **RGB** order. The usual numbers come from ImageNet.

# %%
MEAN = (0.485, 0.456, 0.406)  # red, green, blue
STD = (0.229, 0.224, 0.225)

blue, green, red = 20, 110, 240  # one orange pixel, as OpenCV stores it
right = [(value / 255 - m) / s for value, m, s in zip((red, green, blue), MEAN, STD, strict=True)]
wrong = [(value / 255 - m) / s for value, m, s in zip((blue, green, red), MEAN, STD, strict=True)]
print("RGB order: ", np.round(right, 3))
print("BGR order: ", np.round(wrong, 3))

# %% [markdown]
# The first number should have been 1.99; with the channels swapped it is −1.78. Every shape is right, nothing crashes.

# %% [markdown] statement="to_batch"
# ### Exercise: a batch for the model
#
# Write `to_batch(images)`, which makes a model's input from a list of OpenCV images.
#
# - `images` is a list of `(H, W, 3)` `uint8` arrays in **BGR** order, all of one size.
# - The result is a `torch.Tensor` of shape `(B, 3, H, W)` and dtype `float32`, channels in **RGB** order, images in the
#   order of the list. It may be contiguous or not.
# - Each value is $(v / 255 - \text{mean}) / \text{std}$ with the `MEAN` and `STD` above, per channel. Tolerance:
#   $10^{-5}$.
# - An empty list, or images of different shapes, raise `ValueError`. The arrays are left as they were.

# %% [markdown] hints="to_batch"
# <details><summary>Hint 1: the idea</summary>
#
# Four things have to happen: one array out of many, red first, normalise, axes. You choose the order. Where must the
# channels stand when three numbers broadcast onto them?
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `np.stack`, `ndarray.transpose` with four axes, `np.ascontiguousarray`, `torch.from_numpy`. Look up what `np.stack`
# does with an empty list and with several shapes.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# After the transpose the channels are the second axis, and `(3,)` no longer broadcasts onto them. Normalise before, or
# reshape the mean to `(3, 1, 1)`. If only the error fails: `torch.stack` raises `RuntimeError`, not `ValueError`.
#
# </details>


# %% exercise="to_batch" minutes=12 difficulty=3 question="Q10"
def to_batch(images: list[np.ndarray]) -> torch.Tensor:
    """Make a normalised batch of images.

    Args:
        images: B arrays of one shape (H, W, 3), uint8, BGR.

    Returns:
        (B, 3, H, W) float32, RGB, normalised with MEAN and STD.

    Raises:
        ValueError: if there is no image, or if their shapes differ.
    """
    ### BEGIN SOLUTION
    rgb = np.stack(images)[..., ::-1]  # (B, H, W, 3); raises ValueError for no image and for several shapes
    normalised = (rgb.astype(np.float32) / 255 - np.float32(MEAN)) / np.float32(STD)
    return torch.from_numpy(np.ascontiguousarray(normalised.transpose(0, 3, 1, 2)))  # (B, 3, H, W)
    ### END SOLUTION


# %% test="to_batch" points=3
def batch_of(images: list[np.ndarray], order: tuple[int, int, int], mean: tuple, std: tuple) -> np.ndarray:
    """Fill a (B, 3, H, W) batch plane by plane, taking the channels in the given order."""
    batch = np.empty((len(images), 3, *images[0].shape[:2]))
    for b, image in enumerate(images):
        for c in range(3):
            batch[b, c] = (image[:, :, order[c]] / 255 - mean[c]) / std[c]
    return batch


two_orange = np.array([[[20, 110, 240], [255, 0, 51]]], np.uint8)  # (1, 2, 3)
two_white = np.full((1, 2, 3), 255, np.uint8)
pair = [two_orange, two_white]
right = batch_of(pair, (2, 1, 0), MEAN, STD)  # (2, 3, 1, 2)
expect(to_batch, pair).is_a(torch.Tensor).close_to(
    right,
    atol=1e-5,
    rtol=1e-6,
    mistakes={
        "The images come in another order than the list has them.": right[::-1],
        "The channels are still BGR: the red mean meets the blue channel.": batch_of(pair, (0, 1, 2), MEAN, STD),
        "Blue comes first: the numbers are right, the channel order is not RGB.": right[:, ::-1],
        "The axes are (B, H, W, 3): a convolution wants the channels second.": right.transpose(0, 2, 3, 1),
        "Rows and columns are exchanged: (B, 3, W, H).": right.transpose(0, 1, 3, 2),
        "The values were not divided by 255.": batch_of([image * 255.0 for image in pair], (2, 1, 0), MEAN, STD),
        "The values are only scaled to 0..1: mean and standard deviation are missing.": batch_of(
            pair, (2, 1, 0), (0, 0, 0), (1, 1, 1)
        ),
        "The mean is subtracted, but the division by the standard deviation is missing.": batch_of(
            pair, (2, 1, 0), MEAN, (1, 1, 1)
        ),
        "You reshaped instead of moving axes: the pixels are dealt out anew.": right.transpose(0, 2, 3, 1).reshape(
            2, 3, 1, 2
        ),
        "squeeze dropped an axis of length 1: the result always has four axes.": right[:, :, 0],
    },
).has_dtype(torch.float32, cause="The model expects float32; NumPy computes in float64.")
mixed = "Images of different shapes must raise ValueError; resizing them here would hide a mistake."
expect(to_batch, [two_orange, two_orange.transpose(1, 0, 2).copy()]).raises(ValueError, cause=mixed)
### BEGIN HIDDEN TESTS
cat, rocket = cv2.imread("images/cat.png"), cv2.imread("images/rocket.jpg")
crops = [
    cat[20:100, 50:170],
    rocket[200:280, 300:420],
    cat[100:180, 200:320],
]  # (80, 120, 3), views that are not contiguous
right = batch_of(crops, (2, 1, 0), MEAN, STD)
expect(to_batch, crops).close_to(
    right,
    atol=1e-5,
    rtol=1e-6,
    mistakes={
        "You reshaped instead of moving axes: the pixels are dealt out anew.": right.transpose(0, 2, 3, 1).reshape(
            right.shape
        ),
    },
).has_dtype(torch.float32, cause="The model expects float32; NumPy computes in float64.").leaves_arguments_alone()
expect(to_batch, crops[:1]).has_shape(
    (1, 3, 80, 120), cause="One image is still a batch: keep the first axis."
).close_to(right[:1], atol=1e-5)
pixel = [np.uint8([[[0, 128, 255]]])]
expect(to_batch, pixel).close_to(batch_of(pixel, (2, 1, 0), MEAN, STD), atol=1e-5)
expect(to_batch, [two_orange, cat]).raises(ValueError, cause=mixed)
expect(to_batch, []).raises(
    ValueError, cause="An empty list must raise ValueError: a batch without images hides a mistake."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 8. Measure it: what JPEG costs
#
# JPEG turns each block of 8 × 8 pixels into frequencies and rounds them; *quality* sets how coarsely. By default OpenCV
# also stores colour at half the resolution. The error is the root mean square difference (RMSE) from the original cat.
#
# **Predict.** Is it zero at quality 100? And a program opens a JPEG and saves it again at quality 75, 50 times. A second
# one moves the picture to and fro by a pixel in between, a third to another place each time. How do their errors grow?


# %%
def rmse(a: np.ndarray, b: np.ndarray) -> float:
    """Root mean square difference of two uint8 images, in grey levels."""
    return float(np.sqrt(np.mean((a.astype(np.float64) - b) ** 2)))


def through_jpeg(image: np.ndarray, *options: int) -> tuple[np.ndarray, int]:
    """Encode and decode an image; returns it with the file's size in bytes."""
    _, buffer = cv2.imencode(".jpg", image, options)
    return cv2.imdecode(buffer, cv2.IMREAD_COLOR), buffer.nbytes


def saved_again(image: np.ndarray, offsets: list[int]) -> list[float]:
    """Errors after each of len(offsets) saves; before a save the picture moves to its offset, after it back."""
    errors, copy = [], image
    for offset in offsets:
        copy, _ = through_jpeg(np.roll(copy, (offset, offset), axis=(0, 1)), cv2.IMWRITE_JPEG_QUALITY, 75)
        copy = np.roll(copy, (-offset, -offset), axis=(0, 1))
        errors.append(rmse(image, copy))
    return errors


full_colour = (cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444)
for label, options in {"default": (), "colour at full resolution": full_colour}.items():
    print(f"quality 100, {label}: error {rmse(cat, through_jpeg(cat, cv2.IMWRITE_JPEG_QUALITY, 100, *options)[0]):.2f}")

figure, (size_axis, error_axis) = plt.subplots(1, 2, figsize=(9.5, 3.6))
qualities = [5, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 98, 100]
sizes = [through_jpeg(cat, cv2.IMWRITE_JPEG_QUALITY, quality)[1] for quality in qualities]
size_axis.semilogy(qualities, sizes, "o-", label="JPEG file")
size_axis.axhline(Path("images/cat.png").stat().st_size, color="black", linestyle=":", label="PNG file, no error")
size_axis.axhline(cat.nbytes, color="black", label="array in memory, always")
size_axis.set(title="Size", xlabel="JPEG quality (0 to 100)", ylabel="size (bytes, log scale)", ylim=(2e3, 6e5))
size_axis.legend(loc="lower right", fontsize=8)
saves = range(50)
for label, offsets, style in (
    ("moved to another offset each time: 0, 1, ... 7", [save % 8 for save in saves], "--"),
    ("moved to and fro by 1 pixel", [save % 2 for save in saves], "-."),
    ("not moved", [0 for save in saves], "-"),
):
    error_axis.plot(range(1, 51), saved_again(cat, offsets), style, label=label)
error_axis.set(
    title="Error when saved again at quality 75", xlabel="times saved", ylabel="RMSE (grey levels)", ylim=(0, 19)
)
error_axis.legend(loc="upper left", fontsize=8)
figure.tight_layout()
show(
    figure,
    "Left: JPEG size over quality on a logarithmic axis; it rises from 4 to 101 thousand bytes and stays below the PNG "
    "file and the array. Right: error over 50 saves. Not moved, it stays at 4 levels; moved to and fro by one pixel, it "
    "levels off at 5.4; moved to another of eight offsets each time, it climbs above 15.",
)

# %% [markdown]
# Quality 100 is not lossless: 1.25 levels, most of it from colour at half resolution. Saving again costs almost nothing:
# the second save finds values that are rounded already. But a picture that keeps moving to new places among the blocks
# is rounded anew each time. Between two steps of a pipeline, store PNG.

# %% [markdown]
# ## 9. Where it breaks: the upload that stopped half-way
#
# An upload broke off after 55 % of its bytes. The service reads the file, checks for `None`, and passes the image on.
# **Predict:** `None`, an exception, or a picture?

# %%
stopped = cv2.imread("images/cat_cut_off.jpg")
print("imread:", None if stopped is None else (stopped.shape, stopped.dtype))
show(
    panels({"imread": stopped[:, :, ::-1]}, height=2.8),
    "The upper half of the cat's photograph. The grey begins at row 145 on the right, where it cuts the lower lid of an "
    "eye, and at row 161 on the left; below it everything is uniform grey.",
)

# %% [markdown]
# A picture, full size, grey where the data ended, and only `Premature end of JPEG file` on stderr. Your `None` check
# passed, and the model answers. Now the same bytes through the other door.

# %%
contents = np.fromfile("images/cat_cut_off.jpg", np.uint8)
print("imdecode, cut off:    ", cv2.imdecode(contents, cv2.IMREAD_COLOR))
_, whole = cv2.imencode(".jpg", cat)
print("one byte missing:     ", cv2.imdecode(whole[:-1], cv2.IMREAD_COLOR))
print("whole:                ", cv2.imdecode(whole, cv2.IMREAD_COLOR).shape)
damaged = whole.copy()
damaged[20_000:20_200] = 0
print("200 bytes overwritten:", cv2.imdecode(damaged, cv2.IMREAD_COLOR).shape)

# %% [markdown]
# Why two answers? For `imread` the JPEG library reads the file: at the end of the data it adds an end mark, warns, and
# goes on. `imdecode` brings OpenCV's own reader for memory, which says "no more data", so decoding fails, even for one
# missing byte (wheels of 4.14 and 5.0; check yours). A cut-off PNG gives `None` either way. *Changed* bytes may pass
# anywhere; only a checksum finds them all.
#
# This is one more reason why the loader that you now write decodes bytes.

# %% [markdown] statement="load_image"
# ### Exercise: the `load_image` of your next project
#
# Write `load_image(source, white=65535)`. `source` is a path (`str`) or the contents of a file (`bytes`). The result is
# always `(H, W, 3)` `uint8`, **RGB**. The policy:
#
# 1. **JPEG** files come upright, as their EXIF orientation says. (Orientation in other formats is not tested.)
# 2. **Grey** files give three equal channels.
# 3. **16 bits** (`uint16`): colour value $v$ becomes $255 \cdot \min(v, \text{white}) / \text{white}$. `white` (1 to
#    65535) concerns neither 8-bit files nor alpha.
# 4. **Alpha** is blended with white (8-bit: full at 255; 16-bit: full at 65535), after step 3.
# 5. Every other dtype (`float32`, `int16`) raises `ValueError`; the message contains the dtype's name.
# 6. No file at the path (or a folder): `FileNotFoundError`. Empty, undecodable, cut off, or with more pixels than OpenCV
#    allows: `ValueError`. If `source` is a path, every message of rules 5 and 6 contains it.
#
# Values are rounded once, at the end, to the nearest whole number (a tie may go either way); for 16 bits with alpha the
# tolerance is 1 level.

# %% [markdown] hints="load_image"
# <details><summary>Hint 1: the idea</summary>
#
# A pipeline: bytes → array as stored → check → three channels as floats, RGB → scale 16 bits → blend alpha → round to
# `uint8`. Errors leave it early.
#
# </details>
# <details><summary>Hint 2: one flag is not enough</summary>
#
# `IMREAD_UNCHANGED` keeps alpha and depth but not the orientation. JPEG has neither alpha nor 16 bits, and its contents
# begin with `b"\xff\xd8"`. Or decode twice, and look at the first result before you choose the second flag.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `imread` accepts a cut-off file; `imdecode` *raises* for some contents, and `cv2.error` is not a `ValueError`. In 16-bit
# files alpha's full scale does not depend on `white`, and $255 \cdot v$ does not fit into `uint16`.
#
# </details>
# <details><summary>Hint 4: how to test what no visible test shows</summary>
#
# Make the file in memory: `cv2.imencode(".png", array)[1].tobytes()` with a `(2, 2, 4)` `uint16` array, or `".tiff"`
# with `float32`.
#
# </details>


# %% exercise="load_image" minutes=20 difficulty=4 question="Q10"
def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    """Load an image as a viewer would show it on a white page.

    Args:
        source: path of an image file, or the contents of one.
        white: the value that counts as white in 16-bit files, e.g. 4095 for a 12-bit camera.

    Returns:
        (H, W, 3) uint8, RGB, upright, alpha blended with white.

    Raises:
        FileNotFoundError: if there is no file at the path.
        ValueError: if the contents cannot be decoded completely, or are neither uint8 nor uint16.
    """
    ### BEGIN SOLUTION
    if isinstance(source, bytes):
        data, name = source, "the given bytes"
    elif Path(source).is_file():
        data, name = Path(source).read_bytes(), repr(source)
    else:
        raise FileNotFoundError(f"There is no file at {source!r}. Check its name and the working directory.")

    # A JPEG can be turned but has neither alpha nor 16 bits; IMREAD_UNCHANGED would leave it lying on its side.
    is_jpeg = data.startswith(b"\xff\xd8")
    flag = cv2.IMREAD_COLOR if is_jpeg else cv2.IMREAD_UNCHANGED
    try:
        stored = cv2.imdecode(np.frombuffer(data, np.uint8), flag)
    except cv2.error:  # no bytes at all, or more pixels than OpenCV allows
        stored = None
    if stored is None:
        raise ValueError(f"Cannot decode {name}: empty, cut off, damaged, too large or not an image.")
    if stored.dtype not in (np.uint8, np.uint16):
        raise ValueError(f"Cannot load {name}: its values are {stored.dtype}, only uint8 and uint16 are handled.")

    if stored.ndim == 2:
        stored = cv2.cvtColor(stored, cv2.COLOR_GRAY2BGR)
    colour = stored[:, :, 2::-1]  # (H, W, 3), RGB
    if stored.dtype == np.uint16:
        colour = np.minimum(colour, white) * (255 / white)
    if stored.shape[2] == 4:
        alpha = stored[:, :, 3:] / np.iinfo(stored.dtype).max  # (H, W, 1), 0 to 1
        colour = alpha * colour + (1 - alpha) * 255
    return np.rint(colour).astype(np.uint8)
    ### END SOLUTION


# %% test="load_image" points=2
rocket = cv2.imread("images/rocket.jpg")
swapped = "The channels are in OpenCV's order, BGR: red and blue are exchanged."
expect(load_image, "images/rocket.jpg").returns(rocket[:, :, ::-1], mistakes={swapped: rocket}).has_dtype(
    np.uint8, cause="Whatever the file holds, the result is uint8."
)
expect(load_image, Path("images/rocket.jpg").read_bytes()).returns(rocket[:, :, ::-1], mistakes={swapped: rocket})
phone, lying = (cv2.imread("images/rocket_phone.jpg", flag) for flag in (cv2.IMREAD_COLOR, cv2.IMREAD_UNCHANGED))
turned = {
    "The photograph lies on its side: its EXIF orientation was not applied.": lying[:, :, ::-1],
    swapped: phone,
}
expect(load_image, "images/rocket_phone.jpg").returns(phone[:, :, ::-1], mistakes=turned)
missing = "A missing file, or a folder, is a FileNotFoundError that names the path."
expect(load_image, "images/nothing.jpg").raises(FileNotFoundError, mentioning=["images/nothing.jpg"], cause=missing)
cut_off = (
    "imread fills a cut-off JPEG with grey, imdecode gives None for its bytes: decode the bytes, ask for None, and name "
    "the path in the ValueError."
)
expect(load_image, "images/cat_cut_off.jpg").raises(ValueError, mentioning=["images/cat_cut_off.jpg"], cause=cut_off)
expect(load_image, b"").raises(ValueError, cause="For no bytes at all imdecode raises cv2.error, not ValueError.")
### BEGIN HIDDEN TESTS
expect(load_image, Path("images/rocket_phone.jpg").read_bytes()).returns(phone[:, :, ::-1], mistakes=turned)
expect(load_image, "images/cat.png").returns(cv2.imread("images/cat.png")[:, :, ::-1])
expect(load_image, "images/cat.png", white=100).returns(
    cv2.imread("images/cat.png")[:, :, ::-1], cause="white concerns 16-bit files only; this one has 8 bits."
)
grey = cv2.imread("images/grey.png", cv2.IMREAD_GRAYSCALE)
grey_shape = "A grey file must give three equal channels, not a (H, W) array."
expect(load_image, "images/grey.png").returns(np.dstack([grey, grey, grey]), mistakes={grey_shape: grey})
one_channel_jpeg = cv2.imencode(".jpg", grey)[1]
decoded = cv2.imdecode(one_channel_jpeg, cv2.IMREAD_GRAYSCALE)
expect(load_image, one_channel_jpeg.tobytes()).returns(np.dstack([decoded] * 3), mistakes={grey_shape: decoded})
expect(load_image, "images").raises(FileNotFoundError, mentioning=["images"], cause=missing)
useless = "The contents cannot be decoded: that is a ValueError, and it names the path if there is one."
for path in ("images/not_an_image.jpg", "images/empty.jpg"):
    expect(load_image, path).raises(ValueError, mentioning=[path], cause=useless)
whole = Path("images/rocket.jpg").read_bytes()
for contents in (b"no image at all", whole[:-1], whole[:20_000]):
    expect(load_image, contents).raises(ValueError, cause=useless)
### END HIDDEN TESTS

# %% test="load_image" points=3
nearest = 0.51  # a rounded value is at most half a level from the exact one; a little more for float32
deep = cv2.imread("images/retina_12bit.png", cv2.IMREAD_UNCHANGED)


def shades(levels: np.ndarray) -> np.ndarray:
    """Repeat grey levels in three channels."""
    return np.dstack([levels, levels, levels])


expect(load_image, "images/retina_12bit.png", white=4095).close_to(
    shades(deep / 4095 * 255),
    atol=nearest,
    mistakes={
        "The default flag kept only the high byte: at most 15 of 255 is left.": shades(deep // 256),
        "white was not used: the camera's brightest value is 4095, not 65535.": shades(deep / 65535 * 255),
        "astype(uint8) kept the low byte only: scale first.": shades(deep % 256),
        "astype(uint8) cuts the fraction off: round first.": shades(np.floor(deep / 4095 * 255)),
        "255 * v does not fit into uint16: go to floats first.": shades(np.rint(deep * np.uint16(255) / 4095)),
    },
).has_dtype(np.uint8, cause="Whatever the file holds, the result is uint8.")
bright = np.array([[[0, 4095, 65535], [1000, 2000, 5000]]], np.uint16)  # (1, 2, 3): blue, green, red
expect(load_image, cv2.imencode(".png", bright)[1].tobytes(), white=4095).close_to(
    np.array([[[255, 255, 0], [255, 125, 62]]], np.uint8),
    atol=nearest,
    mistakes={
        "Values above white must become 255; yours wrapped around.": np.array([[[241, 255, 0], [55, 125, 62]]]),
        "The channels are in OpenCV's order, BGR: red and blue are exchanged.": np.array(
            [[[0, 255, 255], [62, 125, 255]]]
        ),
        "The image's own maximum was taken for white: use the argument.": np.array([[[255, 16, 0], [19, 8, 4]]]),
    },
)
bgra = np.array([[[42, 91, 203, 102], [10, 20, 30, 0], [10, 20, 30, 255]]], np.uint8)  # (1, 3, 4)
mistaken = {
    "Alpha was dropped: the colour that was hidden is back.": [[203, 91, 42], [30, 20, 10], [30, 20, 10]],
    "You blended with black: the background is white.": [[81, 36, 17], [0, 0, 0], [30, 20, 10]],
    "The result is BGR: red and blue are exchanged.": [[170, 189, 234], [255, 255, 255], [10, 20, 30]],
    "There are four channels: blend alpha with white.": [[203, 91, 42, 102], [30, 20, 10, 0], [30, 20, 10, 255]],
    "Reversing four channels gives ABGR: alpha comes first. Reverse three.": [
        [194, 234, 189],
        [255, 255, 255],
        [255, 30, 20],
    ],
    "Reversing four channels gives ABGR: what you took for alpha is blue.": [
        [230, 246, 228],
        [245, 246, 246],
        [255, 246, 246],
    ],
}
expect(load_image, cv2.imencode(".png", bgra)[1].tobytes()).close_to(
    np.array([[[234, 189, 170], [255, 255, 255], [30, 20, 10]]], np.uint8),
    atol=nearest,
    mistakes={message: np.array([pixels], np.uint8) for message, pixels in mistaken.items()},
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(12)
for height, width, white in [(5, 9, 65535), (1, 7, 4095), (6, 1, 1023), (4, 4, 1), (3, 8, 40000)]:
    image = rng.integers(0, min(65536, 2 * white + 1), (height, width, 3), np.uint16)
    image[0, 0] = (0, white, 65535)
    image[-1, -1] = (white // 2, white // 3, min(65535, white + 1))
    levels = np.minimum(image, white) / white * 255
    contents = cv2.imencode(".png", image)[1].tobytes()
    expect(load_image, contents, white=white).close_to(
        levels[:, :, ::-1],
        atol=nearest,
        mistakes={
            swapped: levels,
            "Values above white must become 255; yours wrapped around.": (
                np.int64(np.rint(image[:, :, ::-1] / white * 255)) % 256
            ),
            "The image's own maximum was taken for white: use the argument.": image[:, :, ::-1] / image.max() * 255,
            "The default flag kept only the high byte of each value.": image[:, :, ::-1] // 256,
        },
    )
full = rng.integers(0, 65536, (9, 6, 3), np.uint16)
full[0, 0] = 65535
expect(load_image, cv2.imencode(".png", full)[1].tobytes()).close_to(full[:, :, ::-1] / 65535 * 255, atol=nearest)
for white in (65535, 4095):
    image = rng.integers(0, min(65536, 2 * white + 1), (7, 11, 4), np.uint16)
    image[:, :, 3] = rng.integers(0, 65536, (7, 11), np.uint16)
    image[0, :3, 3] = (0, 32768, 65535)
    cover = image[:, :, 3:] / 65535
    colour = np.minimum(image[:, :, 2::-1], white) / white * 255
    by_white = np.minimum(image[:, :, 3:] / white, 1)
    contents = cv2.imencode(".png", image)[1].tobytes()
    expect(load_image, contents, white=white).close_to(
        cover * colour + (1 - cover) * 255,
        atol=1,
        mistakes={
            "Alpha was scaled by white: in a 16-bit file it is full at 65535.": by_white * colour
            + (1 - by_white) * 255,
            "Alpha was dropped in a 16-bit file.": colour,
        },
    )
cup = cv2.imread("images/cup.png", cv2.IMREAD_UNCHANGED)
small = rng.integers(0, 256, (6, 10, 4), np.uint8)
for bgra in (cup, small):
    cover = bgra[:, :, 3:] / 255
    right = cover * bgra[:, :, 2::-1] + (1 - cover) * 255
    contents = cv2.imencode(".png", bgra)[1].tobytes()
    expect(load_image, contents).close_to(right, atol=nearest)
    expect(load_image, contents, white=100).close_to(
        right, atol=nearest, cause="white concerns 16-bit files only; this one has 8 bits."
    )
expect(load_image, "images/cup.png").has_shape((240, 360, 3))
grey_deep = rng.integers(0, 65536, (8, 3), np.uint16)
contents = cv2.imencode(".png", grey_deep)[1].tobytes()
expect(load_image, contents).close_to(shades(grey_deep / 65535 * 255), atol=nearest)
floats = cv2.imencode(".tiff", rng.random((4, 5, 3), np.float32))[1].tobytes()
expect(load_image, floats).raises(
    ValueError,
    mentioning=["float32"],
    cause="This file holds float32 values: refuse it, and name the dtype in the message.",
)
header = bytearray(cv2.imencode(".png", bright)[1].tobytes())
header[16:24] = (60_000).to_bytes(4, "big") * 2
header[29:33] = zlib.crc32(header[12:29]).to_bytes(4, "big")
expect(load_image, bytes(header)).raises(
    ValueError, cause="Too many pixels: imdecode raises cv2.error, which is not a ValueError."
)
### END HIDDEN TESTS

# %% [markdown]
# When it passes, run the next cell: your loader on the files of this lesson.

# %%
files = {"rocket_phone.jpg": 65535, "grey.png": 65535, "retina_12bit.png": 4095, "cup.png": 65535}
try:
    loaded = {name: load_image(f"images/{name}", white) for name, white in files.items()}
except NotImplementedError:
    print("Write load_image, then run this cell again: the rocket stands, the retina is bright, the cup is on white.")
else:
    show(
        panels(loaded, height=2.2),
        "Four images loaded by load_image: the rocket upright, the grey photograph of a cameraman, the retina clear and "
        "smooth, cup, saucer and spoon alone on white.",
    )

# %% [markdown] statement="strong_answer"
# ### Exercise: your answer
#
# *"What does `cv2.imread` return?"* Answer as you would in the interview, in 120 to 200 words. No code, but name the
# functions and flags. 5 points; half of an item earns half its point:
#
# 1. the array: dtype, shape with height first, channel order **(1 point)**
# 2. what comes back for a missing or undecodable file and where the program then fails; what comes back for a cut-off
#    JPEG **(1 point)**
# 3. what the default flag does to two of these: grey, alpha, 16 bits, EXIF orientation; and what `IMREAD_UNCHANGED`
#    keeps **(1 point)**
# 4. two of the later traps: sizes as (width, height), `uint8` wrap-around, file size versus array size **(1 point)**
# 5. the way to a torch batch: colour order, axes, dtype, scaling and normalisation **(1 point)**

# %% [markdown] written="strong_answer" points=5 minutes=10 difficulty=3 question="Q10"
# It returns a NumPy array of `uint8` with shape (height, width, 3), channels in the order blue, green, red. If the file
# is missing or cannot be decoded, it returns `None` and does not raise, so the program crashes later, at `.shape` or in
# `cvtColor`. A JPEG that was cut off is worse: I get a full-size image that is grey at the bottom, while `imdecode` on
# the same bytes returns `None`.
#
# By default nearly everything becomes three channels of 8 bits: a grey file gets three equal channels, alpha is dropped, a
# 16-bit PNG keeps only its high bytes, and the EXIF orientation is applied. `IMREAD_UNCHANGED` keeps alpha and 16 bits
# but does not turn the image; `IMREAD_GRAYSCALE` gives (H, W).
#
# Shapes are (height, width), but `cv2.resize` and points take (width, height) and (x, y). `uint8` sums wrap in NumPy
# and saturate in OpenCV. A 12-megapixel JPEG of 4 MB is 36 MB as an array.
#
# For torch I convert to RGB and float32, divide by 255, normalise per channel in RGB order, move the axes with permute,
# not reshape, and stack to (B, 3, H, W).

# %% [markdown]
# ## Follow-up questions
#
# <details><summary>What was wrong with the answer at the top?</summary>
#
# (1) The shape is height by width, (2) the order BGR. (3) A missing file gives `None`. (4) Three `uint8` channels are
# only what the default flag leaves: alpha and 16 bits are gone. (5) A model wants more than division by 255: `float32`,
# RGB, axes moved, normalised. And (6): half a file may come back as a picture.
#
# </details>
# <details><summary>Why blue first?</summary>
#
# A convention from OpenCV's early days, which Windows bitmaps share. You can see it: `cv2.imencode(".bmp", ...)` writes
# the three bytes of a pixel just as they stand in the array.
#
# </details>
# <details><summary>How does PIL differ?</summary>
#
# `Image.open` raises for a missing file and for bytes that are no image. It gives RGB, keeps alpha, reports `size` as
# (width, height), and does *not* apply the EXIF orientation; `ImageOps.exif_transpose` does. A cut-off JPEG raises
# `OSError` once it is decoded.
#
# </details>

# %% [markdown]
# <details><summary>A batch of 32 photographs of 12 megapixels: how much memory?</summary>
#
# $4000 \cdot 3000 \cdot 3 = 36$ MB each as `uint8`, 144 MB as `float32`, 4.6 GB for the batch. Resize before you
# convert.
#
# </details>
# <details><summary>Validation was fine, production is a few points worse, nothing crashes. What do you check first?</summary>
#
# The numbers that reach the model for one and the same file, in training and in production: subtract the two batches.
# Then channel order, interpolation, EXIF turn, alpha, bit depth.
#
# </details>

# %% [markdown]
# ## Take-away
#
# - You read files as `uint8`, (height, width, 3), BGR, and saw the blue face that betrays a forgotten swap.
# - You found `None` for missing files, and a half-grey picture, without any error, for a cut-off one.
# - You chose flags by what they keep: the default dropped alpha and 16 bits; `UNCHANGED` did not turn the photograph.
# - You kept (height, width) apart from (width, height), and sums from wrapping.
# - You built `load_image` and `to_batch`, with a policy for every kind of file.

# %% [markdown]
# **Sources.** OpenCV documentation, "Image file reading and writing", 4.14 (2026) · G. K. Wallace, "The JPEG Still
# Picture Compression Standard", Communications of the ACM 34(4), 1991 · T. Porter, T. Duff, "Compositing Digital
# Images", SIGGRAPH 1984 · CIPA DC-008, "Exchangeable image file format for digital still cameras: Exif", 2019 · S.
# Berg, "NEP 50: Promotion rules for Python scalars", 2021 · O. Russakovsky et al., "ImageNet Large Scale Visual
# Recognition Challenge", IJCV 115, 2015. Photographs: `images/SOURCES.toml`.
