# %% [markdown] minutes=90 seconds=25 megabytes=900
# # What imread returns
#
# > *"You write `image = cv2.imread("photo.jpg")`. What is in `image`?"*
#
# A common answer:
#
# > *"A NumPy array with the pixels: width by height by three, RGB, from 0 to 255. If the file is not there, you get an
# > exception. Then I divide by 255 and give it to the model."*
#
# **What is wrong with it?** Write down what you find before you read on. There are at least five things.

# %% [markdown]
# ## What you will be able to do
#
# - say what `imread` returns for any file
# - choose the flag, and know what the default throws away
# - resize and brighten without mixing up axes or wrapping numbers
# - turn a list of photographs into the batch that a PyTorch model expects
# - write the `load_image` that belongs in every project
#
# **You need:** [NumPy arrays](../a1_numpy_arrays/a1_numpy_arrays.ipynb).
# **Not here:** video, colour profiles, RAW files, writing images.
# **Time:** 90 minutes. Every result below is the same in OpenCV 4.14 and 5.0.

# %%
import tempfile
from pathlib import Path

import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch
from PIL import Image

from autograder.expect import expect
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
decoded = cv2.imdecode(png, cv2.IMREAD_COLOR)  # what imread does after it has read the file

print("shape", decoded.shape, "dtype", decoded.dtype)
print("top left pixel, a pure red:", decoded[0, 0])
print("file:", png.nbytes, "bytes; array:", decoded.nbytes, "bytes")

# %% [markdown]
# Height comes first because a row of the image is a row of the array. And the file's size says nothing about the
# array's: here the file is larger; the JPEG photographs of this lesson are 10 to 26 times smaller than their arrays.
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
# White, grey and black stay: their three channels are equal. A blue face is the lucky case, because you see it. A
# network takes the same wrong numbers without complaint, and only its answers get worse.

# %% [markdown]
# ## 2. `None` is an answer too
#
# Now the file name has a typing error: the photograph is a `.jpg`. **Predict:** which line of the next cell raises
# the first exception?

# %%
photo = cv2.imread("images/astronaut.png")  # there is no such file
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
# `imread` does not raise. It returns `None` and at most writes a warning to stderr, which nobody reads on a server. The
# program dies later, somewhere else, with a message about `NoneType` or `!_src.empty()` that does not name the file.

# %%
for path in ("images/nothing.jpg", "images", "images/not_an_image.jpg", "images/empty.jpg"):
    print(f"{path:26} exists: {str(Path(path).exists()):6} imread: {cv2.imread(path)}")

# %% [markdown]
# A missing file, a folder, a web page saved as `.jpg`, an empty file: one and the same `None`. A good loader tells them
# apart: look at the path first, then at the bytes.
#
# Type checkers help. OpenCV's stubs declare `MatLike | None`, and mypy objects if you ignore the `None`.

# %% [markdown]
# There is a second way in. **`imdecode`** takes the bytes of a file as a `uint8` array, wherever they came from: a
# disk, an upload, an archive. Python opens the file, so a missing one raises at once, and any file name works. On
# Windows, `imread` is reported to fail on names like the next one (OpenCV issue 18305).

# %%
with tempfile.TemporaryDirectory() as folder:
    path = Path(folder) / "宇航员.jpg"
    path.write_bytes(Path("images/astronaut.jpg").read_bytes())
    contents = np.fromfile(path, dtype=np.uint8)  # the file's bytes: shape (number of bytes,)
print("bytes:", contents.shape, "image:", cv2.imdecode(contents, cv2.IMREAD_COLOR).shape)

for label, damaged in {
    "a web page": np.fromfile("images/not_an_image.jpg", np.uint8),
    "no bytes": contents[:0],
}.items():
    try:
        print(f"{label}: imdecode returned {cv2.imdecode(damaged, cv2.IMREAD_COLOR)}")
    except cv2.error as error:
        print(f"{label}: imdecode raised cv2.error: {error.err}")

# %% [markdown]
# Note the trap: bytes that are no image give `None` again, but *no bytes at all* raise `cv2.error`.

# %% [markdown] statement="read_rgb"
# ### Exercise: read an image or say why not
#
# Write `read_rgb(path)`, which reads an image file as people expect to see it.
#
# - It returns a `(H, W, 3)` `uint8` array in the order **red, green, blue**. A grey file gives three equal channels. A
#   photograph that carries an EXIF orientation comes upright (`imread`'s default does both).
# - If no file is at `path`, or a folder is, it raises `FileNotFoundError`, and the message contains `path`.
# - If the file is there but cannot be decoded (an empty file too), it raises `ValueError`, and the message contains
#   `path`.
#
# `path` is a string. Files with transparency or 16 bits are not tested here.

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
# exception. If only the folder case fails: a folder *exists*.
#
# </details>


# %% exercise="read_rgb" minutes=8 difficulty=2 question="Q10"
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
expect(read_rgb, "images/rocket.jpg").has_dtype(np.uint8).returns(
    rocket[:, :, ::-1],
    mistakes={
        swapped: rocket,
        "Rows and columns are exchanged: the shape is (height, width, 3).": rocket[:, :, ::-1].transpose(1, 0, 2),
        "This is one grey channel: the photograph has three.": cv2.imread("images/rocket.jpg", cv2.IMREAD_GRAYSCALE),
    },
)
expect(read_rgb, "images/nothing.jpg").raises(
    FileNotFoundError,
    mentioning=["images/nothing.jpg"],
    cause="imread returns None for a missing file; find that out yourself and say which path it was.",
)
### BEGIN HIDDEN TESTS
phone = cv2.imread("images/rocket_phone.jpg")
stored = cv2.imread("images/rocket_phone.jpg", cv2.IMREAD_UNCHANGED)
expect(read_rgb, "images/rocket_phone.jpg").returns(
    phone[:, :, ::-1],
    mistakes={
        swapped: phone,
        "The photograph lies on its side: IMREAD_UNCHANGED and IMREAD_IGNORE_ORIENTATION leave out the EXIF turn.": stored[
            :, :, ::-1
        ],
    },
)
grey = cv2.imread("images/grey.png", cv2.IMREAD_GRAYSCALE)
expect(read_rgb, "images/grey.png").has_dtype(np.uint8).returns(
    np.dstack([grey, grey, grey]), mistakes={"A grey file must give three equal channels, not a (H, W) array.": grey}
)
expect(read_rgb, "images").raises(
    FileNotFoundError,
    mentioning=["images"],
    cause="A folder exists, but it is not a file: ask is_file(), not exists().",
)
for path in ("images/not_an_image.jpg", "images/empty.jpg"):
    expect(read_rgb, path).raises(
        ValueError,
        mentioning=[path],
        cause="The file exists but cannot be decoded: that is a ValueError which names the path, not a missing file.",
    )
### END HIDDEN TESTS

# %% [markdown]
# ## 3. What the flag keeps and what it throws away
#
# The second argument of `imread` is a set of bits. The default, `IMREAD_COLOR`, promises three channels of 8 bits and
# bends every file to that.
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
# Two more for special needs: `IMREAD_REDUCED_COLOR_2`, `_4`, `_8` (and the same in grey) decode at a half, a quarter,
# an eighth of the size; `IMREAD_LOAD_GDAL` works only in builds with GDAL.
#
# **Predict.** Which of these four files has four channels by default? And which of these flags makes a colour
# photograph grey, although its name does not say so?

# %%
flags = {
    "COLOR": cv2.IMREAD_COLOR,
    "GRAYSCALE": cv2.IMREAD_GRAYSCALE,
    "UNCHANGED": cv2.IMREAD_UNCHANGED,
    "ANYDEPTH": cv2.IMREAD_ANYDEPTH,
    "COLOR | ANYDEPTH": cv2.IMREAD_COLOR | cv2.IMREAD_ANYDEPTH,
}
print(" " * 17, *(f"{name:>23}" for name in flags))
for name in ("rocket_phone.jpg", "grey.png", "cup.png", "retina_12bit.png"):
    images = [cv2.imread(f"images/{name}", flag) for flag in flags.values()]
    print(f"{name:17}", *(f"{f'{image.shape} {image.dtype}':>23}" for image in images))

# %% [markdown]
# None has four: `cup.png` loses its alpha without a word. And `ANYDEPTH` alone has no colour bit, so it means *grey at
# any depth*. `IGNORE_ORIENTATION` alone does the same. Combine them with `IMREAD_COLOR`.
#
# A grey file gives `(H, W, 3)` by default, so `image.ndim == 3` does not tell you that the photograph was in colour.

# %% [markdown]
# **Orientation.** A phone stores what its sensor saw and adds a note, the EXIF orientation: 1 is upright, 6 means "turn
# by 90° clockwise to view". The default flag obeys the note, and height and width change places. Boxes that someone
# drew on the stored image no longer fit the one that you read.

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
# $\mathrm{round}(255 \cdot v / 4095)$. The file does not say whether white is 4095 or 65535. You must know.

# %% [markdown] statement="describe"
# ### Exercise: what is really in this file?
#
# Write `describe(data)`, which takes the **bytes of an image file** and reports the image **as it is stored**: nothing
# turned, no channel added or dropped, no bit lost. It returns a `dict` with exactly these keys:
#
# - `"height"`, `"width"`: the stored rows and columns
# - `"channels"`: what OpenCV finds: 1 for a grey image, 3 for colour, 4 with alpha
# - `"dtype"`: the name as a `str`, such as `"uint8"`
# - `"file_bytes"`: how many bytes `data` has
# - `"array_bytes"`: how many bytes the pixel values take when decoded as stored
#
# `data` is of type `bytes`. If it is empty or cannot be decoded, raise `ValueError`.

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
# A grey image decoded as stored has no third axis: `image.shape[2]` raises `IndexError`. And empty bytes raise in
# `imdecode` before you can look at the result.
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
    height: int, width: int, channels: int, dtype: str, file_bytes: int, array_bytes: int
) -> dict[str, int | str]:
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
    },
)
data = Path("images/retina_12bit.png").read_bytes()
expect(describe, data).returns(
    sheet(195, 215, 1, "uint16", 53059, 83850),
    mistakes={
        "You decoded with the default flag: it makes three channels of 8 bits out of every file.": sheet(
            195, 215, 3, "uint8", 53059, 125775
        ),
        "You decoded to 8-bit grey: the file holds 16 bits.": sheet(195, 215, 1, "uint8", 53059, 41925),
        "COLOR | ANYDEPTH keeps the bits but makes three channels of one.": sheet(195, 215, 3, "uint16", 53059, 251550),
        "A 16-bit value takes two bytes: size counts values, nbytes counts bytes.": sheet(
            195, 215, 1, "uint16", 53059, 41925
        ),
    },
)
### BEGIN HIDDEN TESTS
data = Path("images/rocket_phone.jpg").read_bytes()
expect(describe, data).satisfies(
    lambda report: isinstance(report["dtype"], str),
    "a dtype of type str",
    cause="image.dtype is an object; its name is a str.",
).returns(
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
rng = np.random.default_rng(10)
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
expect(describe, b"<html>404</html>").raises(ValueError, cause="imdecode returns None for bytes that are not an image.")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Transparency: what hides under alpha
#
# Alpha says how much of a pixel covers what lies behind it: 0 nothing, 255 all. The file still holds a colour where
# alpha is 0. Nobody has ever seen it. The default flag drops alpha and shows that colour.
#
# **Predict.** Someone cut this cup out of a photograph. What does the default flag show around it?

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
    "channel, white on the cup and saucer and black elsewhere. Right: the cup alone on white.",
)

# %% [markdown]
# The table is back. For a classifier these are two different pictures, and the user only ever saw the right one. To get
# it, blend each channel with white (Porter and Duff's "over"):
#
# $$c_\text{out} = \frac{\alpha}{255}\,c + \Bigl(1 - \frac{\alpha}{255}\Bigr)\,255$$
#
# A half-covered pixel on the edge, $c = 40$ and $\alpha = 102$: $0.4 \cdot 40 + 0.6 \cdot 255 = 169$.

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
# The slice `bgra[:, :, 3:]` keeps the third axis, so `(H, W, 1)` broadcasts against `(H, W, 3)`. Then `np.rint`.
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
edge = np.array([[[42, 91, 203, 102], [10, 20, 30, 0], [10, 20, 30, 255]]], np.uint8)  # (1, 3, 4)
clear, covered = [255, 255, 255], [10, 20, 30]
mistaken = {
    "You dropped alpha: the colour that was hidden is back.": [[42, 91, 203], covered, covered],
    "You only cut at a threshold: an edge pixel is covered in part.": [clear, clear, covered],
    "You only painted the clear pixels white: an edge pixel is covered in part.": [[42, 91, 203], clear, covered],
    "You blended with black: the white background times (1 - alpha) is missing.": [[17, 36, 81], [0, 0, 0], covered],
    "Alpha is the wrong way round: 255 means covered, 0 means clear.": [[127, 157, 224], covered, clear],
    "The channels come back as RGB: keep the order blue, green, red.": [[234, 189, 170], clear, [30, 20, 10]],
    "astype(uint8) cuts the fraction off: round first.": [[169, 189, 234], clear, covered],
    "Colour times alpha does not fit into uint8: widen before you multiply.": [[154, 153, 154], clear, [1, 1, 1]],
    "Everything was computed in uint8: the products wrap.": [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
}
expect(over_white, edge).has_dtype(np.uint8, cause="The result is uint8 again: round, then convert.").returns(
    np.array([[[170, 189, 234], clear, covered]], np.uint8),
    mistakes={message: np.array([pixels], np.uint8) for message, pixels in mistaken.items()},
)
### BEGIN HIDDEN TESTS
levels = np.arange(256, dtype=np.uint8)
every = np.zeros((256, 256, 4), np.uint8)  # every colour value (rows) with every alpha (columns)
every[:, :, 0], every[:, :, 1], every[:, :, 2], every[:, :, 3] = levels[:, None], levels[::-1, None], 77, levels
wide = every.astype(np.int64)
numerator = wide[:, :, :3] * wide[:, :, 3:] + 255 * (255 - wide[:, :, 3:])
expect(over_white, every).has_dtype(np.uint8, cause="The result is uint8 again: round, then convert.").returns(
    ((2 * numerator + 255) // 510).astype(np.uint8),
    mistakes={"astype(uint8) cuts the fraction off: round first.": (numerator // 255).astype(np.uint8)},
).leaves_arguments_alone()
cup = cv2.imread("images/cup.png", cv2.IMREAD_UNCHANGED)
wide = cup.astype(np.int64)
numerator = wide[:, :, :3] * wide[:, :, 3:] + 255 * (255 - wide[:, :, 3:])
expect(over_white, cup).returns(((2 * numerator + 255) // 510).astype(np.uint8))
### END HIDDEN TESTS

# %% [markdown]
# ## 5. (height, width) in NumPy, (width, height) in OpenCV
#
# NumPy counts rows, then columns. OpenCV's functions speak geometry. Both are right; the trouble starts where they
# meet.
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
# A swapped index fails, if you are lucky and leave the image. A swapped size never fails. **Predict:** what does
# `cv2.resize(rocket, rocket.shape[:2])` give, which reads like "resize to its own size"?

# %%
swapped_size = cv2.resize(rocket, rocket.shape[:2])
marked = cv2.circle(rocket.copy(), (325, 140), 24, (0, 255, 255), 4)  # centre (x, y), yellow in BGR
marked = cv2.circle(marked, (140, 325), 24, (255, 255, 0), 4)  # the same numbers as (y, x), cyan
show(
    panels(
        {
            "yellow: centre (325, 140)": marked[:, :, ::-1],
            "resized to shape[:2]": swapped_size[:, :, ::-1],
        }
    ),
    "Left: a rocket on its launch pad with a yellow circle on its top and a cyan circle, drawn with x and y "
    "exchanged, off to the lower left. Right: the same photograph squeezed to portrait format because width and height were exchanged.",
)

# %% [markdown]
# One more decision in every resize: how pixels are combined. The default, `INTER_LINEAR`, mixes four neighbours and
# skips the rest, so fine stripes vanish or turn into false patterns when you shrink a lot. `INTER_AREA` averages all
# that a new pixel covers.

# %% [markdown] statement="fit_within"
# ### Exercise: shrink to fit
#
# Write `fit_within(image, max_width, max_height)`, which shrinks an image until it fits into a box.
#
# - Scale factor: the largest $s \le 1$ with $s \cdot \text{width} \le$ `max_width` and $s \cdot \text{height} \le$
#   `max_height`. One factor for both sides, so nothing is distorted. An image that fits already is returned with
#   unchanged values: nothing is ever enlarged.
# - New sides: `round(side * s)`, but at least 1. No test comes near a rounding tie.
# - Each new pixel is the average over the area that it covers, as `INTER_AREA` computes it (tolerance: 1 level for
#   `uint8`, 256 levels for `uint16`).
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
# The size in the order of the shape, or a side that rounds to 0 for very flat images (`cv2.error: inv_scale_x > 0`).
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
expect(fit_within, cat, 200, 200).has_dtype(np.uint8, cause="The result has the dtype of the image.").close_to(
    cv2.resize(cat, (200, 133), interpolation=cv2.INTER_AREA),
    atol=1,
    mistakes={
        "cv2.resize takes (width, height): yours is given as (height, width).": cv2.resize(
            cat, (133, 200), interpolation=cv2.INTER_AREA
        ),
        "You filled the box: width and height need the same factor.": cv2.resize(
            cat, (200, 200), interpolation=cv2.INTER_AREA
        ),
        "You took the larger of the two factors: one side sticks out of the box.": cv2.resize(
            cat, (301, 200), interpolation=cv2.INTER_AREA
        ),
        "You cut a piece out: shrink the whole image.": cat[:200, :200],
        "The default, INTER_LINEAR, skips pixels when it shrinks: average the area.": cv2.resize(cat, (200, 133)),
        "INTER_NEAREST picks single pixels: average the area.": cv2.resize(
            cat, (200, 133), interpolation=cv2.INTER_NEAREST
        ),
        "INTER_CUBIC does not average the area that a new pixel covers.": cv2.resize(
            cat, (200, 133), interpolation=cv2.INTER_CUBIC
        ),
    },
)
expect(fit_within, cat, 1000, 800).returns(
    cat,
    mistakes={"You enlarged it: the factor is at most 1.": cv2.resize(cat, (1000, 665), interpolation=cv2.INTER_AREA)},
)
### BEGIN HIDDEN TESTS
exchanged = "cv2.resize takes (width, height), and max_width bounds shape[1], not shape[0]."
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
expect(fit_within, deep, 86, 80).has_dtype(np.uint16, cause="The result has the dtype of the image.").close_to(
    cv2.resize(deep, (86, 78), interpolation=cv2.INTER_AREA), atol=256
)
rng = np.random.default_rng(11)
line = rng.integers(0, 256, (2, 400, 3), np.uint8)
flat = "A very flat image still needs one row: a side is at least 1."
expect(fit_within, line, 10, 50).has_shape((1, 10, 3), cause=flat)
expect(fit_within, line.transpose(1, 0, 2).copy(), 50, 10).has_shape((10, 1, 3), cause=flat)
expect(fit_within, rng.integers(0, 256, (3, 1, 3), np.uint8), 1, 1).has_shape((1, 1, 3), cause=flat)
columns = np.tile(np.uint8([0, 0, 0, 255]), (40, 30))  # (40, 120): every fourth column is white
for box in ((30, 30), (30, 10)):
    expect(fit_within, columns, *box).has_dtype(np.uint8, cause="The result has the dtype of the image.").close_to(
        np.full((10, 30), 64),
        atol=1,
        mistakes={"The stripes are lost: average the area that a new pixel covers.": np.zeros((10, 30))},
    ).leaves_arguments_alone()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. 250 + 60 = 54
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
# Look at the last two lines. `convertScaleAbs` takes the absolute value: 0 − 60 becomes 60, dark turns bright. And
# NumPy 2 keeps the array's dtype next to a Python number (NEP 50): a number that does not fit is an error, but a sum
# that does not fit is not.
#
# **Predict.** You brighten the cat by 90. Which parts of the picture go wrong?

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
    "A cat three times. Left: the original. Middle: brightened by NumPy addition; bright fur turns into dark and "
    "coloured patches. Right: brightened with saturation; bright parts become white.",
)

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
# `ndarray.astype(np.int16)` and `np.clip`; or `cv2.add`.
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
expect(brighten, pixels, 60).has_dtype(np.uint8, cause="The result is uint8 again: limit first, then convert.").returns(
    np.array([[[60, 160, 255], [255, 255, 255]]], np.uint8),
    mistakes={
        "The sum wrapped around: 250 + 60 is 54 in uint8. Widen first, or let OpenCV add.": pixels + np.uint8(60),
        "Only the first channel was changed: a Scalar needs one number per channel.": np.array(
            [[[60, 100, 200], [255, 195, 196]]], np.uint8
        ),
        "You scaled the values by the brightest one: add, and limit to 255.": np.uint8(
            np.rint((pixels + 60.0) * 255 / 310)
        ),
    },
)
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
    expect(brighten, square, amount).has_dtype(
        np.uint8, cause="The result is uint8 again: limit first, then convert."
    ).returns(
        table[square],
        mistakes={
            "The sum wrapped around: the amount or the sum does not fit into uint8.": square
            + np.array(amount).astype(np.uint8),
            "convertScaleAbs took the absolute value: below 0 is 0.": folded[square],
        },
    ).leaves_arguments_alone()
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
# `transpose` (torch: `permute`) moves axes. `reshape` deals the same numbers out again, in memory order. Its shape is
# right, so nothing complains.
#
# **Predict:** what will you see in the first of the three "channels" that `reshape` makes of the cat?

# %%
moved = cat.transpose(2, 0, 1)  # (3, 300, 451)
cut_up = cat.reshape(3, 300, 451)
show(
    panels({"transpose: channel 0, blue": moved[0], "reshape: 'channel' 0": cut_up[0]}, cmap="gray"),
    "Left: the blue channel of the cat as a grey image. Right: what reshape calls channel 0: three stretched strips of the "
    "cat's forehead, interleaved line by line, so that nothing can be recognised.",
)

# %% [markdown]
# Only the top third of the photograph is in it. Its first row is the left third of the cat's first row, blue, green and
# red in turn; the next row is the middle third; and so on. Nothing stops a network from training on this.
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
# So: reverse, then `np.ascontiguousarray`; permute, then `.contiguous()`. And `from_numpy` shares memory: a write on
# one side shows on the other.
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
#   order of the list.
# - Each value is $(v / 255 - \text{mean}) / \text{std}$ with the `MEAN` and `STD` above, per channel. Tolerance:
#   $10^{-5}$.
# - An empty list, or images of different shapes, raise `ValueError`. The arrays are left as they were.

# %% [markdown] hints="to_batch"
# <details><summary>Hint 1: the idea</summary>
#
# Four steps, each on the whole batch: stack, reverse the channels, normalise while the channels are still last, move
# them to the front.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `np.stack`; broadcasting `(B, H, W, 3)` against `(3,)`; `ndarray.transpose(0, 3, 1, 2)`; `torch.from_numpy` of a
# contiguous array.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# After the transpose the channels are the second axis, and `(3,)` no longer broadcasts onto them. Normalise before, or
# reshape the mean to `(3, 1, 1)`. If only the errors fail: `torch.stack` raises `RuntimeError`, not `ValueError`.
#
# </details>


# %% exercise="to_batch" minutes=10 difficulty=3 question="Q10"
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


orange = np.full((2, 4, 3), (20, 110, 240), np.uint8)
orange[0, 0] = (255, 0, 51)
white = np.full((2, 4, 3), 255, np.uint8)
pair = [orange, white]
right = batch_of(pair, (2, 1, 0), MEAN, STD)  # (2, 3, 2, 4)
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
            2, 3, 2, 4
        ),
    },
).has_dtype(torch.float32, cause="The model expects float32; NumPy computes in float64.")
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
mixed = "Images of different shapes must raise ValueError; resizing them here would hide a mistake."
expect(to_batch, [orange, cat]).raises(ValueError, cause=mixed)
expect(to_batch, [orange, orange.transpose(1, 0, 2).copy()]).raises(ValueError, cause=mixed)
expect(to_batch, []).raises(
    ValueError, cause="An empty list must raise ValueError: a batch without images hides a mistake."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 8. Measure it: what JPEG costs
#
# A decoder can only give back what the encoder left. How much is that? Take the cat from a PNG, which is lossless,
# encode it at different qualities, decode, and compare. The error is the root mean square (RMSE) in grey levels.
#
# **Predict.** Is the error zero at quality 100?


# %%
def rmse(a: np.ndarray, b: np.ndarray) -> float:
    """Root mean square difference of two uint8 images, in grey levels."""
    return float(np.sqrt(np.mean((a.astype(np.float64) - b) ** 2)))


def through_jpeg(
    image: np.ndarray, quality: int, sampling: int = cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420
) -> tuple[np.ndarray, int]:
    """Encode and decode an image; returns it with the file's size in bytes."""
    options = [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, sampling]
    _, buffer = cv2.imencode(".jpg", image, options)
    return cv2.imdecode(buffer, cv2.IMREAD_COLOR), buffer.nbytes


qualities = [5, 10, 20, 30, 40, 50, 60, 70, 80, 85, 90, 95, 98, 100]
samplings = {
    "colour at half resolution (4:2:0, the default)": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    "colour at full resolution (4:4:4)": cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
}
figure, (size_axis, error_axis) = plt.subplots(1, 2, figsize=(9.5, 3.6))
for (label, sampling), style in zip(samplings.items(), ("o-", "s--"), strict=True):
    results = [through_jpeg(cat, quality, sampling) for quality in qualities]
    size_axis.plot(qualities, [size / 1000 for _, size in results], style, label=label)
    error_axis.plot(qualities, [rmse(cat, image) for image, _ in results], style, label=label)
    print(f"{label}: error at quality 100 is {rmse(cat, results[-1][0]):.2f} levels")
size_axis.axhline(Path("images/cat.png").stat().st_size / 1000, color="black", linestyle=":")
size_axis.text(6, 251, "the same image as PNG, no error")
size_axis.axhline(cat.nbytes / 1000, color="black")
size_axis.text(6, 417, "the array in memory, always")
size_axis.set(title="Size of the file", xlabel="JPEG quality (0 to 100)", ylabel="size (1000 bytes)", ylim=(0, 450))
error_axis.set(
    title="Error after decoding", xlabel="JPEG quality (0 to 100)", ylabel="RMSE (grey levels)", ylim=(0, None)
)
error_axis.legend(fontsize=8)
figure.tight_layout()
show(
    figure,
    "Two plots over JPEG quality. File size grows slowly up to quality 90 and steeply after it, and stays below the PNG's 241 "
    "thousand bytes. The error falls from 14 levels to 1.25 at quality 100 with the default sampling, and to 0.45 with full colour.",
)

# %% [markdown]
# Quality 100 is not lossless. By default OpenCV stores colour at half the resolution in both directions: that alone is
# most of the 1.25 levels; rounding is the rest. From 90 to 100 the file nearly triples for 1.6 levels. The array in
# memory does not care: always $300 \cdot 451 \cdot 3 = 405{,}900$ bytes.

# %% [markdown]
# **Predict once more.** A program opens a JPEG and saves it again at quality 75, 50 times over. A second one does the
# same, but shifts the picture by a pixel in between, as cropping does. How does the error grow in each?

# %%
same_grid, shifted_grid = [], []
still = moving = cat
for generation in range(50):
    still, _ = through_jpeg(still, 75)
    same_grid.append(rmse(cat, still))
    offset = generation % 8  # move the picture against the 8 x 8 blocks, save, move it back
    moving, _ = through_jpeg(np.roll(moving, (offset, offset), axis=(0, 1)), 75)
    moving = np.roll(moving, (-offset, -offset), axis=(0, 1))
    shifted_grid.append(rmse(cat, moving))

figure, (axis, eye_axis, blurred_axis) = plt.subplots(1, 3, figsize=(11, 3.4), width_ratios=[1.7, 1, 1])
axis.plot(range(1, 51), same_grid, "-", label="saved again as it is")
axis.plot(range(1, 51), shifted_grid, "--", label="shifted by a pixel in between")
axis.set(title="50 generations at quality 75", xlabel="times saved", ylabel="RMSE (grey levels)", ylim=(0, None))
axis.legend()
for eye, image, title in (
    (eye_axis, still, "saved again, 50 times"),
    (blurred_axis, moving, "shifted and saved, 50 times"),
):
    eye.imshow(image[60:160, 110:210, ::-1])
    eye.set(title=title, xlabel="x (pixels)", ylabel="y (pixels)")
figure.tight_layout()
show(
    figure,
    "Left: error over 50 generations of saving. Saved again unchanged it stays at 4 levels; shifted by a pixel each time "
    "it rises above 15. Right: the cat's eye after 50 plain generations looks fine; after shifted ones it is smeared.",
)

# %% [markdown]
# The first save does nearly all the damage: the second finds values that already stand on the quantiser's steps. Once
# the picture moves against the 8 × 8 blocks, every save rounds anew. So between two steps of a pipeline, store PNG.

# %% [markdown]
# ## 9. Where it breaks: the upload that stopped half-way
#
# An upload broke off after 55 % of its bytes. The service reads the file, checks for `None`, and passes the image on.
# **Predict:** `None`, an exception, or a picture?

# %%
stopped = cv2.imread("images/cat_cut_off.jpg")
print("imread:", None if stopped is None else (stopped.shape, stopped.dtype))
show(
    panels({"what imread returned": stopped[:, :, ::-1]}, height=2.8),
    "The upper half of the cat's photograph; from a little below the eyes on, everything is uniform grey.",
)

# %% [markdown]
# A picture, full size, grey where the data ended, and only `Premature end of JPEG file` on stderr. Your `None` check
# passed, and the model gives its answer. Now the same bytes through the other door.

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
# `imdecode` refuses a JPEG that ends too early, even by one byte (so do the wheels of 4.14 and 5.0; check yours). A
# cut-off PNG gives `None` either way. But no decoder promises to notice *changed* bytes: against those only a checksum
# helps.
#
# This is the last reason why the loader that you now write reads bytes and decodes them.

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
# 5. Other dtypes raise `ValueError`; the message contains the dtype's name, such as `float32`.
# 6. No file at the path (or a folder): `FileNotFoundError`. Empty, undecodable or cut off: `ValueError`. If `source` is
#    a path, either message contains it.
#
# Values are rounded to the nearest whole number (a tie may go either way); for 16 bits with alpha the tolerance is 1
# level.

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
# First test, cut-off file: you used `imread`. Empty bytes: `imdecode` raises `cv2.error`, which is not a `ValueError`.
# Second test, only 16-bit alpha fails: alpha's full scale does not depend on `white`.
#
# </details>


# %% exercise="load_image" minutes=15 difficulty=4 question="Q10"
def load_image(source: str | bytes, white: int = 65535) -> np.ndarray:
    """Load an image as a viewer would show it on a white page.

    Args:
        source: path of an image file, or the contents of one.
        white: the value that counts as white in 16-bit files, e.g. 4095 for a 12-bit camera.

    Returns:
        (H, W, 3) uint8, RGB, upright, alpha blended with white.

    Raises:
        FileNotFoundError: if there is no file at the path.
        ValueError: if the contents are empty, cut off or not an image, or neither uint8 nor uint16.
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
    stored = cv2.imdecode(np.frombuffer(data, np.uint8), flag) if data else None
    if stored is None:
        raise ValueError(f"Cannot decode {name}: empty, cut off, damaged or not an image.")
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
expect(load_image, "images/rocket.jpg").has_dtype(
    np.uint8, cause="Whatever the file holds, the result is uint8."
).returns(rocket[:, :, ::-1], mistakes={swapped: rocket})
expect(load_image, Path("images/rocket.jpg").read_bytes()).returns(rocket[:, :, ::-1], mistakes={swapped: rocket})
missing = "A missing file, or a folder, is a FileNotFoundError that names the path."
expect(load_image, "images/nothing.jpg").raises(FileNotFoundError, mentioning=["images/nothing.jpg"], cause=missing)
cut_off = "imread fills a cut-off JPEG with grey and says nothing: read the bytes and let imdecode judge them."
expect(load_image, "images/cat_cut_off.jpg").raises(ValueError, mentioning=["images/cat_cut_off.jpg"], cause=cut_off)
### BEGIN HIDDEN TESTS
for source in ("images/rocket_phone.jpg", Path("images/rocket_phone.jpg").read_bytes()):
    expect(load_image, source).returns(
        cv2.imread("images/rocket_phone.jpg")[:, :, ::-1],
        mistakes={
            "The photograph lies on its side: IMREAD_UNCHANGED does not apply the EXIF turn.": cv2.imread(
                "images/rocket_phone.jpg", cv2.IMREAD_UNCHANGED
            )[:, :, ::-1],
            swapped: cv2.imread("images/rocket_phone.jpg"),
        },
    )
expect(load_image, "images/cat.png").returns(cv2.imread("images/cat.png")[:, :, ::-1])
expect(load_image, "images/cat.png", white=100).returns(
    cv2.imread("images/cat.png")[:, :, ::-1], cause="white concerns 16-bit files only; this one has 8 bits."
)
grey = cv2.imread("images/grey.png", cv2.IMREAD_GRAYSCALE)
grey_shape = "A grey file must give three equal channels, not a (H, W) array."
expect(load_image, "images/grey.png").has_dtype(
    np.uint8, cause="Whatever the file holds, the result is uint8."
).returns(np.dstack([grey, grey, grey]), mistakes={grey_shape: grey})
one_channel_jpeg = cv2.imencode(".jpg", grey)[1]
decoded = cv2.imdecode(one_channel_jpeg, cv2.IMREAD_GRAYSCALE)
expect(load_image, one_channel_jpeg.tobytes()).returns(np.dstack([decoded] * 3), mistakes={grey_shape: decoded})
expect(load_image, "images").raises(FileNotFoundError, mentioning=["images"], cause=missing)
useless = "The contents cannot be decoded: that is a ValueError, and it names the path if there is one."
for path in ("images/not_an_image.jpg", "images/empty.jpg"):
    expect(load_image, path).raises(ValueError, mentioning=[path], cause=useless)
whole = Path("images/rocket.jpg").read_bytes()
for contents in (b"", b"no image at all", whole[:-1], whole[:20_000]):
    expect(load_image, contents).raises(ValueError, cause=useless)
### END HIDDEN TESTS

# %% test="load_image" points=3
nearest = 0.51  # a rounded value is at most half a level from the exact one; a little more for float32
deep = cv2.imread("images/retina_12bit.png", cv2.IMREAD_UNCHANGED)


def shades(levels: np.ndarray) -> np.ndarray:
    """Repeat grey levels in three channels."""
    return np.dstack([levels, levels, levels])


expect(load_image, "images/retina_12bit.png", white=4095).has_dtype(
    np.uint8, cause="Whatever the file holds, the result is uint8."
).close_to(
    shades(deep / 4095 * 255),
    atol=nearest,
    mistakes={
        "The default flag kept only the high byte: at most 15 of 255 is left.": shades(deep // 256),
        "white was not used: the camera's brightest value is 4095, not 65535.": shades(deep / 65535 * 255),
        "astype(uint8) kept the low byte only: scale first.": shades(deep % 256),
        "astype(uint8) cuts the fraction off: round first.": shades(np.floor(deep / 4095 * 255)),
    },
)
bgra = np.array([[[42, 91, 203, 102], [10, 20, 30, 0], [10, 20, 30, 255]]], np.uint8)  # (1, 3, 4)
mistaken = {
    "Alpha was dropped: the colour that was hidden is back.": [[203, 91, 42], [30, 20, 10], [30, 20, 10]],
    "You blended with black: the background is white.": [[81, 36, 17], [0, 0, 0], [30, 20, 10]],
    "The result is BGR: red and blue are exchanged.": [[170, 189, 234], [255, 255, 255], [10, 20, 30]],
    "There are four channels: blend alpha with white.": [[203, 91, 42, 102], [30, 20, 10, 0], [30, 20, 10, 255]],
}
expect(load_image, cv2.imencode(".png", bgra)[1].tobytes()).close_to(
    np.array([[[234, 189, 170], [255, 255, 255], [30, 20, 10]]], np.uint8),
    atol=nearest,
    mistakes={message: np.array([pixels], np.uint8) for message, pixels in mistaken.items()},
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(12)
for height, width, white in [(5, 9, 65535), (1, 7, 4095), (6, 1, 1023), (4, 4, 1), (3, 8, 40000)]:
    image = rng.integers(0, min(65536, 2 * white + 1), (height, width, 3), np.uint16)
    image[0, 0] = (0, white, 65535)
    image[-1, -1] = (white // 2, white // 3, min(65535, white + 1))
    levels = np.minimum(image, white) / white * 255
    contents = cv2.imencode(".png", image)[1].tobytes()
    expect(load_image, contents, white=white).has_dtype(
        np.uint8, cause="Whatever the file holds, the result is uint8."
    ).close_to(
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
    expect(load_image, contents, white=white).has_dtype(
        np.uint8, cause="Whatever the file holds, the result is uint8."
    ).close_to(
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
        "Four images loaded by load_image: the rocket upright, the grey photograph of a cameraman, the retina bright and "
        "smooth, the cup alone on white.",
    )

# %% [markdown] statement="strong_answer"
# ### Exercise: your answer
#
# *"What does `cv2.imread` return?"* Answer as you would in the interview, in 120 to 200 words. No code. 5 points:
#
# 1. the array: dtype, shape with height first, channel order **(1 point)**
# 2. what happens for a missing, undecodable and cut-off file, and where the program then fails **(1 point)**
# 3. what the default flag does to grey, alpha, 16-bit and EXIF-turned files, and which flag keeps what **(1 point)**
# 4. two of the later traps: sizes as (width, height), `uint8` wrap-around, file size versus array size **(1 point)**
# 5. the way to a torch batch: colour order, axes, dtype, normalisation **(1 point)**

# %% [markdown] written="strong_answer" points=5 minutes=10 difficulty=3 question="Q10"
# It returns a NumPy array of `uint8` with shape (height, width, 3), channels in the order blue, green, red. If the file
# is missing or cannot be decoded, it returns `None` and does not raise, so the program crashes later, at `.shape` or in
# `cvtColor`. A JPEG that was cut off is worse: I get a full-size image that is grey at the bottom, while `imdecode` on
# the same bytes returns `None`.
#
# By default everything becomes three channels of 8 bits: a grey file gets three equal channels, alpha is dropped, a
# 16-bit PNG keeps only its high bytes, and the EXIF orientation is applied. `IMREAD_UNCHANGED` keeps alpha and 16 bits
# but does not turn the image; `IMREAD_GRAYSCALE` gives (H, W).
#
# Shapes are (height, width), but `cv2.resize` and points take (width, height) and (x, y). `uint8` sums wrap in NumPy
# and saturate in OpenCV. A 12-megapixel JPEG of 4 MB is 36 MB as an array.
#
# For torch I convert to RGB, scale to float32, normalise per channel in RGB order, move the axes with permute, not
# reshape, and stack to (B, 3, H, W).

# %% [markdown]
# ## Follow-up questions
#
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
#
# %% [markdown]
# <details><summary>Is IMREAD_GRAYSCALE the same as cvtColor of the colour image?</summary>
#
# Not exactly: the codec converts by itself. For `images/cat.png` the two differ by one level in more than half of the
# pixels. Use one of the two, everywhere.
#
# </details>
# <details><summary>Is a crop a copy?</summary>
#
# No. `image[a:b, c:d]` is a view: what you draw into it appears in the image, and it keeps the whole image in memory.
# Write `.copy()` if you mean a copy.
#
# </details>

# %% [markdown]
# ## Take-away
#
# - You read files as `uint8`, (height, width, 3), BGR, and you saw the blue face that betrays a forgotten swap.
# - You found `None` for missing files, and a grey half-picture, without any error, for a cut-off one.
# - You chose flags by what they keep: the default dropped alpha and 16 bits; `UNCHANGED` did not turn the phone's
#   photograph.
# - You kept (height, width) apart from (width, height), and sums from wrapping.
# - You built `load_image` and `to_batch`, with a policy for every kind of file.

# %% [markdown]
# **Sources.** OpenCV documentation, "Image file reading and writing", 4.14 (2026) · G. K. Wallace, "The JPEG Still
# Picture Compression Standard", Communications of the ACM 34(4), 1991 · T. Porter, T. Duff, "Compositing Digital
# Images", SIGGRAPH 1984 · CIPA DC-008, "Exchangeable image file format for digital still cameras: Exif", 2019 · S.
# Berg, "NEP 50: Promotion rules for Python scalars", 2021 · O. Russakovsky et al., "ImageNet Large Scale Visual
# Recognition Challenge", IJCV 115, 2015. Photographs: `images/SOURCES.toml`.
