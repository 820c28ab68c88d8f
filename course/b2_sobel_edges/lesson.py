# %% [markdown] minutes=120 seconds=45 megabytes=800
# # Edges: from Sobel to Canny
#
# > *"Detect the vertical edges of an image, then the horizontal ones, then both."*
#
# A common answer:
#
# > *"I read the image as grey. `cv2.Sobel(gray, -1, 1, 0)` gives the horizontal edges, because x is horizontal, and
# > `cv2.Sobel(gray, -1, 0, 1)` gives the vertical ones. I add the two pictures to get both. For thin lines I call
# > `cv2.Canny`, which smooths the image first."*
#
# **What is wrong with it?** Write down what you find before you read on. There are at least four things; the end of the
# lesson lists them.

# %% [markdown]
# ## What you will be able to do
#
# - filter an image by hand, and say what the border and the flip do
# - show which derivative answers to which edges
# - keep the edges that `uint8` destroys, and combine two slopes by Pythagoras
# - say when a separable kernel pays, from a measurement
# - build Canny's detector, equal to OpenCV's in every pixel
#
# **You need:** [What imread returns](../b1_imread/b1_imread.ipynb).
# **Not here:** colour edges, learned detectors, other filters, lines and contours.
# **Time:** 120 minutes, 85 of them for the exercises. The results below are those of OpenCV 4.14; times are those of one
# machine. The checks below an exercise are a sample: a grade uses more.

# %%
import time

import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch

from autograder.expect import expect, expect_faster, fresh_generator
from autograder.figures import show

print("OpenCV", cv2.__version__, "· NumPy", np.__version__, "· torch", torch.__version__)


def read_grey(path: str) -> np.ndarray:
    """Read an image as (H, W) uint8."""
    image = cv2.imread(path, cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise FileNotFoundError(f"{path} is not here: start the notebook in its own folder.")
    return image


def panels(images: dict[str, np.ndarray], height: float = 2.6, **imshow_options) -> plt.Figure:
    """Draw images side by side, each below its title."""
    options = {"cmap": "gray"} | imshow_options
    widths = [image.shape[1] / image.shape[0] for image in images.values()]
    figure, axes = plt.subplots(
        1,
        len(images),
        figsize=(height * sum(widths) + 0.8 * len(images), height + 0.5),
        width_ratios=widths,
        squeeze=False,
    )
    for axis, (title, image) in zip(axes[0], images.items(), strict=True):
        axis.imshow(image, **options)
        axis.set(title=title, xlabel="x (pixels)", ylabel="y (pixels)")
    figure.tight_layout()
    return figure


house = read_grey("images/house.png")  # (300, 480) uint8
coins = read_grey("images/coins.png")  # (303, 384) uint8

# %% [markdown]
# ## 1. A slope, by hand
#
# An **edge** is a place where brightness changes fast. Take one row: 10 10 10 90 90 90. The slope at a pixel is its
# right neighbour minus its left one: lay the weights (−1, 0, 1) over three pixels, multiply, add. At the third pixel:
# $-1 \cdot 10 + 0 \cdot 10 + 1 \cdot 90 = 80$.
#
# The weights are a **kernel**. Laying it over every pixel in turn is **correlation**.

# %%
row = np.array([[10, 10, 10, 90, 90, 90]], np.float64)  # (1, 6)
difference = np.array([[-1, 0, 1]], np.float64)  # (1, 3)
print("correlation:", cv2.filter2D(row, cv2.CV_64F, difference))

# %% [markdown]
# Two border pixels lack a neighbour. OpenCV's default border, `BORDER_REFLECT_101`, mirrors the image *without* repeating
# the border pixel: a b c d continues as c b **a b c d** c b. So at both ends left equals right, and the slope is 0. A
# single row or column is repeated.
#
# **Convolution** is correlation with a kernel turned by 180°. **Predict:** what does that do to the numbers above?

# %%
print("np.convolve: ", np.convolve(row[0], difference[0], mode="valid"))
print("np.correlate:", np.correlate(row[0], difference[0], mode="valid"))
as_batch = torch.from_numpy(row)[None, None]  # (1, 1, 1, 6): batch, channel, H, W
weights = torch.from_numpy(difference)[None, None]  # (1, 1, 1, 3)
print("torch conv2d:", torch.nn.functional.conv2d(as_batch, weights).numpy().ravel())

# %% [markdown]
# It flips the sign: a rise is reported as a fall. `np.convolve` turns the kernel; `cv2.filter2D` and the "convolution"
# layers of PyTorch do not. A network learns its kernels, so it does not matter there. For a kernel that you wrote
# yourself it does.
#
# In two dimensions the kernel slides over rows and columns. Here is the specification, one pixel at a time.


# %%
def correlate_slowly(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Correlate an image (H, W) with a kernel (kh, kw) of odd sides; the border is BORDER_REFLECT_101."""
    kh, kw = kernel.shape
    wide = image.astype(np.float64)
    padded = cv2.copyMakeBorder(wide, kh // 2, kh // 2, kw // 2, kw // 2, cv2.BORDER_REFLECT_101)
    result = np.empty(image.shape)
    for y in range(image.shape[0]):
        for x in range(image.shape[1]):
            result[y, x] = (padded[y : y + kh, x : x + kw] * kernel).sum()
    return result


wall = np.array([[10, 10, 10, 90, 90, 90]] * 4, np.uint8)  # (4, 6): dark on the left, bright on the right
sobel_x = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
print(correlate_slowly(wall, sobel_x))

# %% [markdown]
# This kernel is **Sobel's**: three differences, the middle row counted twice. $1 \cdot 80 + 2 \cdot 80 + 1 \cdot 80 =
# 320$. On a ramp that climbs one grey level per pixel it gives 8, so divide by 8 for grey levels per pixel. The weights
# (1, 2, 1) average along the edge, which damps noise.

# %% [markdown] statement="correlate"
# ### Exercise: correlate, without a loop over pixels
#
# Write `correlate(image, kernel)`, which returns what `correlate_slowly` returns.
#
# - `image` is `(H, W)`, not empty, of dtype `uint8`, `uint16`, `int16`, `float32` or `float64`; it may be as small as one
#   pixel. `kernel` is `(kh, kw)`, integers or floats, with odd sides, square or not.
# - The result is `(H, W)` `float64`: correlation, not convolution, with the border mirrored as above. The kernel's centre
#   lies on the pixel. Where the kernel is larger than the image, the border is mirrored to and fro, as `copyMakeBorder` does.
# - A ready filter (`cv2.filter2D`) would pass, and teach you nothing: do without.
# - Tolerance: $10^{-6}$, for image values up to 65535 and kernel entries up to 100 in size.
# - It takes at most a tenth of the time of `correlate_slowly` for 120 × 160 pixels and a 3 × 3 kernel. The input is
#   left as it was.

# %% [markdown] hints="correlate"
# <details><summary>Hint 1: the idea</summary>
#
# There are 19,200 pixels but only 9 weights. What does *one* weight do to the whole image at once?
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `np.pad(..., mode="reflect")` or `cv2.copyMakeBorder`, then shifted slices of the padded image. Or
# `np.lib.stride_tricks.sliding_window_view` and `np.einsum`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# The sum is kept in the image's dtype; or NumPy's `"symmetric"`, which repeats the border pixel, is taken for
# `"reflect"`; or rows are padded by half the kernel's *width*.
#
# </details>


# %% exercise="correlate" minutes=12 difficulty=3 question="Q11"
def correlate(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Correlate an image with a kernel.

    Args:
        image: (H, W), any of the dtypes above.
        kernel: (kh, kw), odd sides.

    Returns:
        (H, W) float64; the border is BORDER_REFLECT_101.
    """
    ### BEGIN SOLUTION
    (height, width), (kh, kw) = image.shape, kernel.shape
    padded = np.pad(image, [(kh // 2,), (kw // 2,)], mode="reflect")  # the same number on both sides
    result = np.zeros((height, width))  # float64
    for i in range(kh):
        for j in range(kw):
            result += np.float64(kernel[i, j]) * padded[i : i + height, j : j + width]
    return result
    ### END SOLUTION


# %% test="correlate" points=3
def with_border(image, kernel, mode):
    """Correlate with another border."""
    sides = [(n // 2, n // 2) for n in kernel.shape]
    kh, kw = kernel.shape
    rows, columns = slice(kh // 2, kh // 2 + image.shape[0]), slice(kw // 2, kw // 2 + image.shape[1])
    return correlate_slowly(np.pad(image, sides, mode=mode), kernel)[rows, columns]


image = np.array([[10, 20, 30, 200], [0, 50, 60, 70], [250, 5, 90, 100]], np.uint8)  # (3, 4)
kernel = np.array([[1, 2, 0], [0, 5, -3], [-4, 0, 1]])
right = correlate_slowly(image, kernel)
expect(correlate, image, kernel).close_to(
    right,
    atol=1e-6,
    cause="Compare with correlate_slowly on this image, pixel by pixel.",
    mistakes={
        "The kernel was turned by 180 degrees: that is convolution.": correlate_slowly(image, kernel[::-1, ::-1]),
        "Rows and columns of the kernel are exchanged.": correlate_slowly(image, kernel.T),
        "Beyond the border you put zeros: mirror the image instead.": with_border(image, kernel, "constant"),
        "You repeated the border pixel (BORDER_REPLICATE, or NumPy's 'symmetric'): mirror without it.": with_border(
            image, kernel, "edge"
        ),
        "The image was continued at its other end (np.roll, 'wrap'): mirror it.": with_border(image, kernel, "wrap"),
        "The border is missing: pad first, the result has the shape of the image.": right[1:-1, 1:-1],
        "The sum was kept in uint8, where it wraps: use float64.": np.mod(right, 256),
        "The result was kept in uint8: below 0 and above 255 it was cut off.": np.clip(right, 0, 255),
        "You divided by the sum of the kernel: just add the products.": right / kernel.sum(),
        "The kernel's centre must lie on the pixel; yours has its corner there.": correlate_slowly(
            np.pad(image, (0, 2), mode="reflect"), kernel
        )[1:4, 1:5],
    },
).has_dtype(np.float64, cause="The result is float64, whatever the image is.")
grey = coins[:120, :160]
expect_faster(
    correlate,
    correlate_slowly,
    grey,
    sobel_x,
    times=10,
    cause="A Python step per pixel: loop over the weights instead.",
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(20)
turned = "The kernel was turned by 180 degrees: that is convolution."
for (height, width), (kh, kw), dtype in [
    ((7, 11), (3, 3), np.uint8),
    ((12, 5), (1, 3), np.uint16),
    ((6, 9), (5, 1), np.int16),
    ((9, 8), (3, 7), np.float64),
    ((8, 9), (7, 5), np.float32),
    ((1, 6), (3, 3), np.uint8),
    ((6, 1), (3, 5), np.float64),
    ((1, 1), (3, 3), np.uint16),
    ((2, 3), (5, 7), np.float64),
    ((4, 4), (1, 1), np.int16),
]:
    low, high = (-32768, 32768) if dtype is np.int16 else (0, 65536 if dtype is np.uint16 else 256)
    image = rng.integers(low, high, (height, width)).astype(dtype)
    kernel = rng.normal(0, 2, (kh, kw)).round(3)
    expect(correlate, image, kernel).close_to(
        cv2.filter2D(image.astype(np.float64), cv2.CV_64F, kernel),
        atol=1e-6,
        mistakes={
            turned: correlate_slowly(image, kernel[::-1, ::-1]),
            "Beyond the border you put zeros: mirror the image instead.": with_border(image, kernel, "constant"),
        },
        cause="Pad rows by half the kernel's height, columns by half its width, and add up in float64.",
    ).has_dtype(np.float64, cause="float32 holds 7 digits: the result is float64.").leaves_arguments_alone()
spread = np.zeros((7, 9), np.float32)
spread[3, 4] = 1
bump = np.arange(15, dtype=np.int16).reshape(3, 5)
mirrored = np.zeros((7, 9))
mirrored[2:5, 2:7] = bump[::-1, ::-1]
expect(correlate, spread, bump).close_to(mirrored, atol=1e-6, mistakes={turned: mirrored[::-1, ::-1]})
view = coins[40:80:2, 200:100:-3]
expect(correlate, view, sobel_x).close_to(
    cv2.filter2D(view.astype(np.float64), cv2.CV_64F, sobel_x.astype(np.float64)),
    atol=1e-6,
    cause="Wrong on a view with strides: do not rely on the memory order.",
)
bright = np.full((3, 4), 255, np.uint8)
expect(correlate, bright, np.full((3, 3), 100, np.uint8)).close_to(
    np.full((3, 4), 229500.0), atol=1e-6, cause="uint8 times uint8 wraps: go to float64 before you multiply."
)
deep = np.full((5, 4), 65535, np.uint16)
expect(correlate, deep, np.array([[0.1, 0.2, 0.3]])).close_to(
    np.full((5, 4), 39321.0), atol=1e-6, cause="Rounded: 10^-6 of 65535 needs float64 all the way."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 2. Which edges answer?
#
# `cv2.Sobel(image, cv2.CV_64F, 1, 0)` is the derivative along x, $g_x$: once in x, zero times in y. With `(0, 1)` it is
# $g_y$, along y.
#
# **Predict.** This house has upright boards, a long roof and a slanting gable. In which of the two pictures
# will the boards show?

# %%
gx = cv2.Sobel(house, cv2.CV_64F, 1, 0)
gy = cv2.Sobel(house, cv2.CV_64F, 0, 1)
figure, axes = plt.subplots(1, 3, figsize=(12, 2.9), layout="constrained")
axes[0].imshow(house, cmap="gray")
axes[0].set_title("photograph")
for axis, slope, title in ((axes[1], gx, "Sobel (1, 0): along x"), (axes[2], gy, "Sobel (0, 1): along y")):
    drawn = axis.imshow(slope, cmap="PuOr_r", vmin=-400, vmax=400)  # one scale for both, zero is white
    axis.set_title(title)
for axis in axes:
    axis.set(xlabel="x (pixels)", ylabel="y (pixels)")
figure.colorbar(drawn, ax=axes, label="slope (8 = 1 level per pixel)", shrink=0.85)
show(
    figure,
    "Left: a wooden house with upright boards and a shingle roof. Middle: the derivative along x shows boards, door posts "
    "and corners. Right: the derivative along y shows the eaves, the rows of shingles and the lintels; the "
    "boards are gone. The slanting gable shows in both.",
)

# %% [markdown]
# The boards are in the picture of `(1, 0)`. So **the derivative along x answers to vertical edges**: you cross an upright
# line when you walk sideways. "x is horizontal, so it finds horizontal edges" names the walk, not the edge.
#
# Both slopes are signed. Orange is a rise (dark to bright as x or y grows), purple a fall. The colour scale is the same
# for both and has zero in its middle; stretching each picture to its own range would make weak slopes look strong.

# %% [markdown]
# **And both together?** A gable of slope $g_x = 60$, $g_y = 80$ is as steep as $\sqrt{60^2 + 80^2} = 100$: Pythagoras, because the
# two are the sides of one arrow, the **gradient**. Its length is the **magnitude**. Adding $|g_x| + |g_y| = 140$ makes
# slanting edges up to 41 % too strong, and the popular `addWeighted` with 0.5 and 0.5 gives 70.
#
# Turn one straight edge and watch. (The last column falls by half a percent: Sobel's own error.)

# %%
yy, xx = np.mgrid[-20:21, -20:21]
print("angle   |gx|   |gy|   sum  Pythagoras")
for angle in (0, 15, 30, 45):
    distance = xx * np.cos(np.radians(angle)) + yy * np.sin(np.radians(angle))
    edge = 100 + 100 * np.tanh(distance / 4)  # a soft edge, always equally steep
    x_slope = abs(cv2.Sobel(edge, cv2.CV_64F, 1, 0)[20, 20])
    y_slope = abs(cv2.Sobel(edge, cv2.CV_64F, 0, 1)[20, 20])
    print(f"{angle:4}° {x_slope:7.1f}{y_slope:7.1f}{x_slope + y_slope:7.1f}{np.hypot(x_slope, y_slope):9.1f}")

# %% [markdown]
# ## 3. What `uint8` destroys
#
# The second argument, `ddepth`, is the dtype of the *result*; −1 means "as the input". The bright doorway has two upright borders.
# **Predict:** which of them will `cv2.Sobel(house, -1, 1, 0)` show, and will `np.abs` bring the other back?

# %%
door = house[120:252, 85:155]
signed = cv2.Sobel(door, cv2.CV_64F, 1, 0)
as_uint8 = cv2.Sobel(door, -1, 1, 0)
figure, axes = plt.subplots(1, 4, figsize=(12, 3.4), width_ratios=(1, 1, 1, 2.2))
for axis, image, title in (
    (axes[0], door, "doorway"),
    (axes[1], np.abs(as_uint8), "ddepth -1, then np.abs"),
    (axes[2], np.abs(signed), "CV_64F, then np.abs"),
):
    axis.imshow(image, cmap="gray", vmin=0, vmax=255)
    axis.axhline(60, color="tab:orange", linewidth=1)
    axis.set_title(title, fontsize=10)
    axis.set(xlabel="x (pixels)", ylabel="y (pixels)")
axes[3].plot(signed[60], "-", color="tab:blue", label="CV_64F")
axes[3].plot(as_uint8[60], "--", color="black", label="ddepth -1 (uint8)")
axes[3].axhline(0, color="grey", linewidth=0.5)
axes[3].set_title("along the orange line", fontsize=10)
axes[3].set(xlabel="x (pixels)", ylabel="slope (8 = 1 level per pixel)")
axes[3].legend(fontsize=8)
figure.tight_layout()
lost = (np.abs(gx) > 200) & (cv2.Sobel(house, -1, 1, 0) == 0)
print(f"strong slopes of the house that uint8 turns into 0: {lost.sum() / (np.abs(gx) > 200).sum():.0%}")
print(f"slopes outside 0..255: {np.mean((gx < 0) | (gx > 255)):.0%}; the largest possible is 4 * 255 = 1020")
show(
    figure,
    "A bright doorway in a dark wall. With ddepth -1 only the left border of each bright area is left, and taking the "
    "absolute value changes nothing; with CV_64F both borders show. The curve along one row: the signed slope swings "
    "both ways, to about 700 and -600; the uint8 slope is cut off at 0 and 255.",
)

# %% [markdown]
# Only the rises survive. Falls were negative, `uint8` stores them as 0, and `np.abs` comes too late. `uint8` also cuts at
# 255. `cv2.convertScaleAbs` takes the absolute value of signed slopes, then cuts at 255, too: good for a picture, bad for a
# number.
#
# So ask for `CV_64F` (or `CV_32F`, or `CV_16S` for 8-bit input). An `int64` image, which NumPy makes so easily, is refused:
# `cv2.error`, "Unsupported combination". Convert it first.

# %% [markdown] statement="edges"
# ### Exercise: the answer to the question
#
# Write `edges(image)`, which returns a tuple of three arrays: how strong the **vertical** edges are, the **horizontal**
# edges, and **both**.
#
# - `image` is `(H, W)`, not empty, `uint8`, `uint16`, `int64`, `float32` or `float64`; values from 0 to 65535.
# - Slopes are those of the 3 × 3 Sobel kernels as above, not divided by anything; the border is OpenCV's default. `vertical`
#   and `horizontal` are absolute values of the slope that answers to such edges. `both` is the magnitude by Pythagoras,
#   of the unclipped slopes.
# - Each array is `(H, W)` `float64`. Tolerance: relative $10^{-6}$, absolute $10^{-6}$. `image` is left as it was.

# %% [markdown] hints="edges"
# <details><summary>Hint 1: the idea</summary>
#
# Two signed slopes in a type that holds them. Then absolute values for the first two results. Which slope goes first?
# Ask the `wall` of section 1: it has one vertical edge.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `cv2.Sobel` with `cv2.CV_64F`, `np.abs`, `np.hypot`; `astype` for `int64` images.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# The order: `(1, 0)` is the *vertical* edges. Or the squares were computed in `int16`, where 320² does not fit.
#
# </details>


# %% exercise="edges" minutes=8 difficulty=2 question="Q11"
def edges(image: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Measure how strong the edges are, pixel by pixel.

    Args:
        image: (H, W) uint8, uint16, int64, float32 or float64.

    Returns:
        vertical, horizontal, both: each (H, W) float64, in Sobel units (8 = 1 grey level per pixel).
    """
    ### BEGIN SOLUTION
    wide = image.astype(np.float64)
    gx = cv2.Sobel(wide, cv2.CV_64F, 1, 0)  # along x: answers to vertical edges
    gy = cv2.Sobel(wide, cv2.CV_64F, 0, 1)
    return np.abs(gx), np.abs(gy), np.hypot(gx, gy)
    ### END SOLUTION


# %% test="edges" points=3
def slopes(image, depth=cv2.CV_64F, **options):
    """Both signed slopes, for the tests."""
    return tuple(cv2.Sobel(image, depth, *order, **options) for order in ((1, 0), (0, 1)))


def combined(x_slope, y_slope):
    """What `edges` should make of two slopes."""
    x_slope, y_slope = np.abs(np.float64(x_slope)), np.abs(np.float64(y_slope))
    return x_slope, y_slope, np.sqrt(x_slope**2 + y_slope**2)


step = np.array([[10, 40, 200, 210], [0, 10, 180, 220], [120, 150, 40, 60], [130, 125, 50, 30]], np.uint8)
right = combined(*slopes(step))
vertical, horizontal, both = right
exchanged = "Vertical and horizontal are exchanged: the derivative along x answers to vertical edges."
mistaken = {
    exchanged: (horizontal, vertical, both),
    "uint8 cannot hold a negative slope: half of your edges are missing. Ask for CV_64F.": combined(*slopes(step, -1)),
    "The slopes are signed: return how strong the edges are, their absolute value.": (*slopes(step), both),
    "You added the two: a slanting edge comes out up to 41 % too strong. Use Pythagoras.": (
        vertical,
        horizontal,
        vertical + horizontal,
    ),
    "You averaged the two (addWeighted with 0.5): use Pythagoras.": (
        vertical,
        horizontal,
        (vertical + horizontal) / 2,
    ),
    "You took the larger of the two: use Pythagoras.": (vertical, horizontal, np.maximum(vertical, horizontal)),
    "The square root is missing: this is the squared magnitude.": (vertical, horizontal, both**2),
    "convertScaleAbs (or a uint8 result) cuts everything at 255.": tuple(np.minimum(a, 255) for a in right),
    "convertScaleAbs cuts the two slopes at 255 before you combine them.": combined(
        np.minimum(vertical, 255), np.minimum(horizontal, 255)
    ),
    "You divided by 8: the task wants the kernel's own numbers.": tuple(a / 8 for a in right),
    "You stretched the values to 0..255: that is for display only.": tuple(a * 255 / a.max() for a in right),
    "The border is not OpenCV's default: mirror without repeating the border pixel.": combined(
        *slopes(step, borderType=cv2.BORDER_REPLICATE)
    ),
    "Beyond the border you put zeros: the frame of the image becomes an edge.": combined(
        *slopes(step, borderType=cv2.BORDER_CONSTANT)
    ),
    "That is Scharr's kernel (3, 10, 3), not Sobel's (1, 2, 1).": combined(*slopes(step, ksize=-1)),
    "That is the 5 x 5 kernel: the task wants 3 x 3.": combined(*slopes(step, ksize=5)),
    "That is the plain difference of two neighbours (ksize=1): Sobel weights three rows by 1, 2, 1.": combined(
        *slopes(step, ksize=1)
    ),
}


def likely(three):
    """Judge the two slopes alone, then the magnitude: a second mistake, or coarse rounding, hides the first one."""
    if len(three) != 3 or any(np.shape(a) != step.shape for a in three):
        return "Three arrays of the image's shape."
    close = {"rtol": 1e-2, "atol": 0.1}
    if np.allclose(three[:2], right[:2], **close):
        if np.isnan(np.float64(three[2])).any():
            return "NaN: a square overflowed int16, became negative, and has no root. Square in float64."
        for message, wrong in mistaken.items():
            if np.allclose(three[2], wrong[2], **close) and not np.allclose(wrong[2], both, **close):
                return message
        return "Both slopes are right, the magnitude is not: np.hypot of the unclipped slopes, in float64."
    for message, wrong in mistaken.items():
        if np.allclose(three[:2], wrong[:2], **close):
            return message
    return "A tuple of three float64 arrays, vertical edges first, from the signed 3 x 3 Sobel slopes."


outcome = expect(edges, step).is_a(
    tuple, cause="A tuple of three float64 arrays: vertical edges, horizontal edges, both."
)
outcome.close_to(right, rtol=1e-6, atol=1e-6, mistakes=mistaken, cause=likely(outcome.value)).satisfies(
    lambda three: all(a.dtype == np.float64 for a in three), "three float64 arrays", cause="Each array is float64."
)
expect(edges, step.astype(np.int64)).close_to(
    right, rtol=1e-6, atol=1e-6, mistakes=mistaken, cause="OpenCV takes no int64 image: convert it to float64 first."
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(21)
overflow = "int16 ends at 32767: the squares wrap (or the slopes of a 16-bit image do). Use float64."
for shape, dtype in [
    ((7, 12), np.uint8),
    ((9, 4), np.uint16),
    ((5, 8), np.float32),
    ((6, 6), np.float64),
    ((4, 9), np.int64),
    ((1, 5), np.uint8),
    ((5, 1), np.uint16),
    ((1, 1), np.float64),
    ((2, 3), np.float32),
]:
    top = 65536 if dtype is np.uint16 else 256
    image = rng.integers(0, top, shape).astype(dtype) if dtype != np.float64 else rng.uniform(0, 1, shape)
    wide = image.astype(np.float64)
    right = combined(
        cv2.filter2D(wide, cv2.CV_64F, np.float64([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])),
        cv2.filter2D(wide, cv2.CV_64F, np.float64([[-1, -2, -1], [0, 0, 0], [1, 2, 1]])),
    )
    vertical, horizontal, both = right
    outcome = expect(edges, image)
    outcome.close_to(
        right,
        rtol=1e-6,
        atol=1e-6,
        mistakes={
            exchanged: (horizontal, vertical, both),
            overflow: combined(*(np.clip(slope, -32768, 32767) for slope in slopes(wide))),
            "You added the two: use Pythagoras.": (vertical, horizontal, vertical + horizontal),
        },
        cause="Three arrays of the image's shape, from the signed 3 x 3 Sobel slopes in float64.",
    ).satisfies(
        lambda three: all(a.dtype == np.float64 for a in three), "three float64 arrays", cause="Each array is float64."
    ).leaves_arguments_alone()
steep = np.tile(np.array([0, 0, 255, 255], np.uint8), (4, 1))
expect(edges, steep).close_to(
    (np.tile([0.0, 1020, 1020, 0], (4, 1)), np.zeros((4, 4)), np.tile([0.0, 1020, 1020, 0], (4, 1))),
    rtol=1e-6,
    atol=1e-6,
    mistakes={
        "The squares were computed in int16, where they wrap around.": (
            np.tile([0.0, 1020, 1020, 0], (4, 1)),
            np.zeros((4, 4)),
            np.sqrt(np.abs(np.tile(np.int16([0, 1020, 1020, 0]) ** 2, (4, 1)).astype(np.float64))),
        )
    },
    cause=overflow,
)
fine = 60000 + rng.uniform(0, 1, (6, 5))
expect(edges, fine).close_to(
    combined(*slopes(fine)),
    rtol=1e-6,
    atol=1e-6,
    cause="Rounded: float32 cannot tell 60000.001 from 60000. Use float64.",
)
expect(edges, house[::2, ::-3]).close_to(combined(*slopes(house[::2, ::-3].astype(np.float64))), rtol=1e-6, atol=1e-6)
expect(edges, np.full((6, 7), 200, np.uint8)).close_to((np.zeros((6, 7)),) * 3, atol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Measure it: does a separable kernel pay?
#
# Sobel's kernel is a column times a row:
#
# $$\begin{pmatrix} 1 \\ 2 \\ 1 \end{pmatrix} \begin{pmatrix} -1 & 0 & 1 \end{pmatrix} =
# \begin{pmatrix} -1 & 0 & 1 \\ -2 & 0 & 2 \\ -1 & 0 & 1 \end{pmatrix}$$
#
# Such a kernel is **separable**: correlate with the row, then with the column, and the result is the same. That takes
# $2k$ products per pixel instead of $k^2$.

# %%
averaged = cv2.filter2D(wall.astype(np.float64), -1, np.array([[1.0], [2.0], [1.0]]))
print("column first:", averaged[1])
print("then the row:", cv2.filter2D(averaged, -1, difference)[1])
print("both at once:", cv2.filter2D(wall.astype(np.float64), -1, sobel_x.astype(np.float64))[1])

# %% [markdown]
# A **Gaussian** is a bell-shaped kernel; its standard deviation σ is its width. **Predict.** By that count a
# 31 × 31 Gaussian should be 15.5 times faster when separated. Will OpenCV's `sepFilter2D` beat
# its `filter2D` by that much? Draw the curve of the gain over $k$ before you run it.

# %%
cv2.setNumThreads(1)  # one thread: the count of products is what we compare
photo = house.astype(np.float32)
sizes = [3, 7, 11, 13, 31]
lines = [cv2.getGaussianKernel(size, size / 6, cv2.CV_32F) for size in sizes]  # (size, 1) each
whole, separated = np.full(len(sizes), np.inf), np.full(len(sizes), np.inf)  # best time in ms
for _ in range(25):  # in turn, so that a disturbance spoils one round and not one size
    for number, line in enumerate(lines):
        kernel = line @ line.T
        start = time.perf_counter()
        cv2.filter2D(photo, cv2.CV_32F, kernel)
        middle = time.perf_counter()
        cv2.sepFilter2D(photo, cv2.CV_32F, line, line)
        end = time.perf_counter()
        whole[number] = min(whole[number], 1e3 * (middle - start))
        separated[number] = min(separated[number], 1e3 * (end - middle))
cv2.setNumThreads(-1)

figure, (time_axis, gain_axis) = plt.subplots(1, 2, figsize=(10, 3.5))
time_axis.plot(sizes, whole, "o-", label="filter2D, k × k")
time_axis.plot(sizes, separated, "s--", label="sepFilter2D, k + k")
time_axis.set(title="Time for 480 × 300 pixels", xlabel="side of the kernel k (pixels)", ylabel="time (ms)")
time_axis.legend(fontsize=8)
gain_axis.plot(sizes, whole / separated, "o-", label="measured")
gain_axis.plot(sizes, np.array(sizes) / 2, ":", color="black", label="counted: k / 2")
gain_axis.set(title="Gain of separating", xlabel="side of the kernel k (pixels)", ylabel="times as fast")
gain_axis.legend(fontsize=8)
figure.tight_layout()
show(
    figure,
    "Left: time over kernel size. filter2D climbs up to a side of 11, about triples at 13 and then climbs slowly; "
    "sepFilter2D climbs slowly throughout. Right: the gain of separating grows to about 4 at a side of 11, below the counted "
    "k over 2, jumps above the count at 13, and falls to about 4 at 31, where the count promises 15.5.",
)

# %% [markdown]
# Up to a side of 11 the gain grows, below the count. Then `filter2D` changes its method: for large kernels it
# multiplies spectra (a discrete Fourier transform; "~11 × 11 or larger", says the documentation). At 13 that is the slower
# way, so the gain jumps above the count; but its time grows slowly with $k$, and at 31 the gain is about 4, not 15.5.
# Counting products predicts the time of an algorithm, not that of a library. So measure.
#
# Which kernels are separable? Those in which every row is a multiple of one row: matrices of **rank** 1.

# %% [markdown] statement="separate"
# ### Exercise: take a kernel apart
#
# Write `separate(kernel)`, which finds a column and a row whose product is the kernel.
#
# - `kernel` is `(kh, kw)` `float64`; its largest entry, by absolute value, lies between 0.001 and 1000.
# - It returns a tuple `(column, row)` of shapes `(kh,)` and `(kw,)` with `np.outer(column, row)` equal to the kernel
#   within $10^{-9}$. How the scale and the sign are shared between the two is up to you.
# - If there are no such vectors, raise `ValueError`. A kernel in the tests is either a product up to rounding, or clearly not
#   one: every product misses some entry by at least 1 % of the largest.

# %% [markdown] hints="separate"
# <details><summary>Hint 1: the idea</summary>
#
# In a product every column is a multiple of `column`, and every row a multiple of `row`. So take one of each from the
# kernel itself. Which ones must you not take?
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `np.argmax` of the absolute values and `np.unravel_index`; or `np.linalg.svd` and its first singular value. At the end
# `np.allclose` with `np.outer`; its tolerance must suit small kernels, too.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# The middle column of Sobel's kernel is zero, and its rows sum to 0: neither may be divided by. With the SVD, the
# singular value is missing, or `vt[:, 0]` is taken for `vt[0]`.
#
# </details>


# %% exercise="separate" minutes=8 difficulty=3 question="Q11"
def separate(kernel: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Write a kernel as the outer product of two vectors.

    Args:
        kernel: (kh, kw) float64, not all zero.

    Returns:
        column (kh,) and row (kw,).

    Raises:
        ValueError: if the kernel is not separable.
    """
    ### BEGIN SOLUTION
    if np.linalg.matrix_rank(kernel) > 1:
        raise ValueError("The kernel is not separable: its rank is above 1.")
    i, j = np.unravel_index(np.argmax(np.abs(kernel)), kernel.shape)
    return kernel[:, j], kernel[i] / kernel[i, j]
    ### END SOLUTION


# %% test="separate" points=2
def check_separate(kernel):
    """Call separate and compare the product of what it returns with the kernel."""
    kh, kw = kernel.shape
    u, s, vt = np.linalg.svd(kernel)
    raised = (
        "This kernel is a product, yet you raised: did you divide by 0, or compare a rounded number with exactly 0?"
    )
    if min(kh, kw) == 1:
        raised = "One row or one column is always a product; it has one singular value only."
    elif kh != kw:
        raised += " Or does your check need a square kernel?"
    outcome = expect(separate, kernel).is_a(object, cause=raised)
    outcome.is_a(tuple, cause="Return a tuple: return column, row.").satisfies(
        lambda pair: isinstance(pair, tuple) and [np.shape(v) for v in pair] == [(kh,), (kw,)],
        f"a tuple of a column of shape ({kh},) and a row of shape ({kw},)",
        cause="Two vectors with one axis each, the column first.",
    )
    product = np.outer(*outcome.value)
    mistakes = {
        "Column and row are exchanged: your product is the kernel turned over its diagonal.": kernel.T,
        "The singular value is missing: your product has length 1.": kernel / s[0],
        "The singular value is in both vectors: share it, or give it to one.": kernel * s[0],
        "The root of the singular value is in one vector only.": kernel / s[0] ** 0.5,
        "The sign is lost: every entry came out positive.": np.abs(kernel),
        "vt[:, 0] was taken for vt[0]: NumPy's third matrix holds the vectors in its rows.": s[0]
        * np.outer(u[:, 0], vt[:, 0]),
        "u[0] was taken for u[:, 0]: the first matrix holds the vectors in its columns.": s[0] * np.outer(u[0], vt[0]),
        "Columns of vt and rows of u were taken: the vectors are u[:, 0] and vt[0].": s[0] * np.outer(u[0], vt[:, 0]),
    }
    cause = "The product of your two vectors is not the kernel."
    if not np.isfinite(product).all():
        cause = "You divided by 0: a sum, a corner or the middle of a kernel may be 0. Divide by its largest entry."
    for message, wrong in mistakes.items():
        if product.shape == wrong.shape and np.allclose(product, wrong):
            cause = message
            break
    outcome.satisfies(
        lambda pair: bool(np.allclose(np.outer(*pair), kernel, rtol=0, atol=1e-9)),
        "two vectors whose outer product is the kernel",
        cause=cause,
    ).leaves_arguments_alone()


check_separate(sobel_x.astype(np.float64))
check_separate(np.outer([1.0, 4, 6, 4, 1], [1.0, 2, 1]))
laplacian = np.array([[0.0, 1, 0], [1, -4, 1], [0, 1, 0]])
no_product = "No column times a row gives this kernel: raise ValueError."
expect(separate, laplacian).raises(ValueError, cause=no_product)
### BEGIN HIDDEN TESTS
rng = fresh_generator(22)
check_separate(sobel_x.T.astype(np.float64))
for kh, kw in [(3, 3), (5, 3), (1, 7), (7, 1), (1, 1), (2, 4), (31, 31)]:
    column, row = rng.uniform(0.5, 5, kh), rng.uniform(0.5, 5, kw)
    column, row = column * rng.choice([-1, 1], kh), row * rng.choice([-1, 1], kw)
    check_separate(np.outer(column, row))
    check_separate(-np.abs(np.outer(column, row)))
    if kh > 1 and kw > 1:
        column[0] = row[0] = row[-1] = 0
        if column.any() and row.any():
            check_separate(-np.abs(np.outer(column, row)))
            check_separate(np.outer(column, row))
        broken = np.outer(np.arange(1.0, kh + 1), np.arange(1.0, kw + 1))
        broken[-1, -1] = 0
        if kh * kw < 100:
            expect(separate, broken).raises(ValueError, cause=no_product)
for kernel in (np.eye(3), np.eye(2), laplacian - 5 * np.eye(3), np.diag([1.0, 1, 0]), sobel_x + 1.5 * sobel_x.T):
    expect(separate, kernel).raises(ValueError, cause=no_product)
too_loose = "No product, though all entries are small: compare relative to the largest one."
expect(separate, laplacian / 4000).raises(ValueError, cause=too_loose)
far = np.zeros((5, 4))
far[3, 1] = -700
check_separate(far)
tiny = np.outer([0.0, 2, -4], [0.0, 0.0001, 0, 0.0003])
check_separate(tiny)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Direction
#
# The gradient $(g_x, g_y)$ is an arrow. Its angle is `arctan2(gy, gx)`: y first, and two arguments, so that signs keep
# the quadrants apart and $g_x = 0$ is no problem. The arrow points from dark to bright, *across* the edge. The edge runs
# at a right angle to it.
#
# In an image y grows downwards, so angles turn clockwise: 90° points down.
#
# **Predict.** Around a bright coin on a dark cloth, do the arrows point inwards or outwards?

# %%
coin = cv2.GaussianBlur(coins, (0, 0), 2)[95:155, 73:130]
x_slope, y_slope = cv2.Sobel(coin, cv2.CV_64F, 1, 0), cv2.Sobel(coin, cv2.CV_64F, 0, 1)
length = np.hypot(x_slope, y_slope)
ys, xs = np.nonzero(length > 80)
ys, xs = ys[::6], xs[::6]  # every sixth arrow
figure, axis = plt.subplots(figsize=(5.2, 4.6))
axis.imshow(coin, cmap="gray")
arrows = {"angles": "xy", "scale_units": "xy", "scale": 40, "color": "tab:orange", "width": 0.005}
axis.quiver(xs, ys, x_slope[ys, xs], y_slope[ys, xs], **arrows)
axis.set(title="Gradient of a coin, where it is above 80", xlabel="x (pixels)", ylabel="y (pixels)")
show(
    figure,
    "A bright coin on dark cloth with orange arrows on its rim. All around, the arrows point inwards, from dark to bright, "
    "at right angles to the rim.",
)
print("walk right into brightness:", np.degrees(np.arctan2(0, 80)), "degrees")
print("walk down into brightness: ", np.degrees(np.arctan2(80, 0)), "degrees")

# %% [markdown]
# For the next step four directions are enough: to which neighbours does the arrow's *line* point? An arrow and its
# opposite are the same line, so 180° is 0°.
#
# | sector | angle of the line | neighbours on it |
# |---|---|---|
# | 0 | within 22.5° of 0° | left, right |
# | 1 | within 22.5° of 45° | upper left, lower right |
# | 2 | within 22.5° of 90° | above, below |
# | 3 | within 22.5° of 135° | upper right, lower left |

# %% [markdown] statement="sectors"
# ### Exercise: which neighbours lie across the edge?
#
# Write `sectors(gx, gy)`, which gives the sector of each gradient, by the table above.
#
# - `gx` and `gy` are `(H, W)`, both `int16` or both `float64`, not empty.
# - The result is `(H, W)` of an integer dtype, with values 0, 1, 2, 3. Where $g_x = g_y = 0$, it is 0.
# - Angles are measured as above: `gx = 5, gy = 5` is 45°, which is sector 1; so is `gx = -5, gy = -5`.
# - No tested angle is nearer than 0.4° to a limit between two sectors. The inputs are left as they were.

# %% [markdown] hints="sectors"
# <details><summary>Hint 1: the idea</summary>
#
# Sectors are 45° wide and centred on multiples of 45°. So: in units of 45°, which whole number is nearest? Then make
# opposite arrows equal.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `np.arctan2`, `np.degrees`, `np.rint`, and the remainder `%`, which in Python is never negative for a positive
# divisor. It also works without angles, by comparing $|g_y|$ with $|g_x| \tan 22.5°$.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `//` cuts at 0°, 45°, 90° instead of half-way between. Or 170° rounds to 180°, which is number 4: there is no sector 4.
#
# </details>


# %% exercise="sectors" minutes=7 difficulty=2 question="Q11"
def sectors(gx: np.ndarray, gy: np.ndarray) -> np.ndarray:
    """Find the sector of each gradient.

    Args:
        gx: (H, W) slope along x, int16 or float64.
        gy: (H, W) slope along y, same dtype; y grows downwards.

    Returns:
        (H, W) integers: 0 for 0 degrees, 1 for 45, 2 for 90, 3 for 135.
    """
    ### BEGIN SOLUTION
    degrees = np.degrees(np.arctan2(gy, gx))  # -180 to 180
    return np.rint(degrees / 45).astype(int) % 4
    ### END SOLUTION


# %% test="sectors" points=2
gx8 = np.array([[10, 10, 0, -10], [-10, -10, 0, 10]], np.float64)
gy8 = np.array([[0, 10, 10, 10], [0, -10, -10, -10]], np.float64)
expect(sectors, gx8, gy8).returns(
    np.array([[0, 1, 2, 3], [0, 1, 2, 3]]),
    mistakes={
        "gx and gy are exchanged: it is arctan2(gy, gx).": np.array([[2, 1, 0, 3], [2, 1, 0, 3]]),
        "45 and 135 degrees are exchanged: y grows downwards.": np.array([[0, 3, 2, 1], [0, 3, 2, 1]]),
        "This is the direction along the edge: the gradient lies across it.": np.array([[2, 3, 0, 1], [2, 3, 0, 1]]),
        "An arrow and its opposite are one line: take the remainder by 4.": np.array([[0, 1, 2, 3], [4, -3, -2, -1]]),
        "An arrow and its opposite are one line: there are 4 sectors, not 8.": np.array([[0, 1, 2, 3], [4, 5, 6, 7]]),
        "180 degrees is the line of 0 degrees: there is no sector 4.": np.array([[0, 1, 2, 3], [4, 1, 2, 3]]),
        "The quadrants are lost: arctan(gy / gx) with absolute values cannot tell 45 from 135 degrees.": np.array(
            [[0, 1, 2, 1], [0, 1, 2, 1]]
        ),
        "These are degrees: count in units of 45.": np.array([[0, 45, 90, 135], [0, 45, 90, 135]]),
        "The angles are in radians, not degrees.": np.zeros((2, 4)),
    },
    cause="Angle of the line, in units of 45 degrees, rounded, with 180 degrees equal to 0.",
)
gx_between, gy_between = np.array([[100, 100, 30, -30, -100]], np.int16), np.array([[30, 60, 100, 100, 18]], np.int16)
expect(sectors, gx_between, gy_between).returns(
    np.array([[0, 1, 2, 2, 0]]),
    mistakes={
        "You cut at 0, 45 and 90 degrees: the limits lie half-way between, at 22.5 and 67.5.": np.array(
            [[0, 0, 1, 2, 3]]
        ),
        "You rounded up: 17 degrees is nearer to 0 than to 45.": np.array([[1, 1, 2, 3, 0]]),
        "170 degrees is nearer to 180, the line of 0, than to 135: it rounds to 4, and there is no sector 4.": np.array(
            [[0, 1, 2, 2, 4]]
        ),
        "170 degrees is nearer to 180, the line of 0, than to 135: sector 0, not 3.": np.array([[0, 1, 2, 2, 3]]),
    },
).satisfies(lambda s: s.dtype.kind in "iu", "an integer dtype", cause="Sectors are whole numbers: convert them.")
expect(sectors, np.array([[0.0, -0.0, 0.0, -0.0]]), np.array([[0.0, 0.0, -0.0, -0.0]])).returns(
    np.zeros((1, 4)), cause="A gradient of zero is sector 0, not NaN or another one; and -0.0 is a zero, too."
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(23)


def by_cross_ratio(x, y, turn=1):
    """The sector from exact comparisons, without an angle: tan 22.5 and tan 67.5 solve t*t + 2t = 1 and t*t - 2t = 1."""
    ax, ay = np.abs(np.int64(x)), np.abs(np.int64(y))
    flat, upright = (ay * ay + 2 * ax * ay < ax * ax) | (ax + ay == 0), ay * ay > ax * ax + 2 * ax * ay
    return np.where(flat, 0, np.where(upright, 2, np.where((np.int64(x) >= 0) == (np.int64(y) >= 0), 1, 3)))


def clear_of_limits(x, y):
    """Set to zero what lies within 0.5 degrees of a limit."""
    near = np.abs(np.degrees(np.arctan2(np.float64(y), np.float64(x))) % 45 - 22.5) < 0.6
    x, y = x.copy(), y.copy()
    x[near] = y[near] = 0
    return x, y


angles = np.radians(np.arange(-180, 181, dtype=np.float64))
x, y = 7 * np.cos(angles)[None], 7 * np.sin(angles)[None]
nearest = np.array([[round(a / 45) % 4 for a in range(-180, 181)]])
expect(sectors, x, y).returns(
    nearest,
    mistakes={
        "You cut at 0, 45 and 90 degrees: the limits lie half-way between.": np.arange(-180, 181)[None] // 45 % 4
    },
    cause="One full turn, degree by degree: the sector changes at 22.5, 67.5, 112.5 and 157.5 degrees.",
)
lowest = np.array([[-32768, -32768, 0]], np.int16)
expect(sectors, lowest, lowest[:, ::-1]).returns(
    np.array([[0, 1, 2]]), cause="abs(-32768) does not exist in int16: widen first."
)
for shape, dtype, top in [
    ((13, 17), np.int16, 1020),
    ((9, 14), np.float64, 40),
    ((1, 30), np.int16, 32767),
    ((25, 1), np.float64, 300000),
    ((1, 1), np.int16, 5),
]:
    x, y = clear_of_limits(*rng.integers(-top, top + 1, (2, *shape)).astype(dtype))
    expect(sectors, x, y).returns(
        by_cross_ratio(x, y),
        mistakes={"gx and gy are exchanged: it is arctan2(gy, gx).": by_cross_ratio(y, x)},
        cause="Limits at 22.5, 67.5, 112.5 and 157.5 degrees; opposite arrows are the same line.",
    ).leaves_arguments_alone()
### END HIDDEN TESTS

# %% [markdown]
# ## 6. Thin: keep the crest only
#
# The magnitude draws a band several pixels wide. An edge should be one line. **Non-maximum suppression** walks along
# the gradient, across the edge: a pixel stays only if it is the highest of three, itself and its two neighbours on that line.
#
# Across an edge: 20, 80, 120, 70, 10. Only 120 stays. And 20, 90, 90, 10? One of the two should stay.
#
# You can watch it in OpenCV: `cv2.Canny` with both thresholds 0 does nothing else.

# %%
window = np.s_[4:84, 296:384]
magnitude = np.hypot(cv2.Sobel(coins, cv2.CV_64F, 1, 0), cv2.Sobel(coins, cv2.CV_64F, 0, 1))
crest = cv2.Canny(coins, 0, 0, L2gradient=True) > 0
show(
    panels(
        {
            "photograph": coins[window],
            "magnitude, cut at 500": np.minimum(magnitude, 500)[window],
            "thinned": np.where(crest, np.minimum(magnitude, 500), 0)[window],
        },
        height=3,
    ),
    "Left: a coin with a standing figure. Middle: its gradient magnitude, cut at 500, a bright rim several pixels wide. Right: after "
    "thinning the rim is a line of one pixel; the noise of the cloth remains as a mesh of faint lines.",
)

# %% [markdown] statement="thin"
# ### Exercise: non-maximum suppression
#
# Write `thin(magnitude, sector)`. It returns the magnitude where a pixel is a crest, and 0 elsewhere. A pixel is compared
# with its two neighbours by sector; beyond the border the magnitude is 0.
#
# | sector | stays if greater than | and |
# |---|---|---|
# | 0 | left | at least as great as right |
# | 1 | upper left | greater than lower right |
# | 2 | above | at least as great as below |
# | 3 | upper right | greater than lower left |
#
# - `magnitude` is `(H, W)`, `float64` or `int64`, nowhere negative. `sector` is `(H, W)`, integers from 0 to 3. Neither is
#   empty.
# - Compare with the *original* magnitudes, whether or not the neighbour stays. The result is a new `(H, W)` array
#   of any dtype that holds the values exactly. The inputs are left as they were.
#
# The rules for ties are OpenCV's: one of two equal neighbours stays in sectors 0 and 2, none on diagonals.

# %% [markdown] hints="thin"
# <details><summary>Hint 1: the idea</summary>
#
# One sector at a time: compare the whole image with itself, shifted by one pixel in both directions. At the end, each
# pixel picks the verdict of its own sector.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `np.pad(magnitude, 1)` surrounds the image with zeros; slices of it are the shifted images. `np.where` and `&` combine.
# Two loops over pixels are fine, too.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `np.roll` brings the other side of the image in. Or the loop writes into the array that it still compares with. Or sector
# 1 looks to the upper right: y grows downwards.
#
# </details>


# %% exercise="thin" minutes=12 difficulty=4 question="Q11"
def thin(magnitude: np.ndarray, sector: np.ndarray) -> np.ndarray:
    """Suppress what is not a maximum across its edge.

    Args:
        magnitude: (H, W) float64 or int64, not negative.
        sector: (H, W) integers 0 to 3, as `sectors` returns them.

    Returns:
        (H, W): the magnitude on crests, 0 elsewhere.
    """
    ### BEGIN SOLUTION
    height, width = magnitude.shape
    padded = np.pad(magnitude, 1)  # zeros beyond the border

    def neighbour(dy: int, dx: int) -> np.ndarray:
        return padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]

    stays = [
        (magnitude > neighbour(0, -1)) & (magnitude >= neighbour(0, 1)),
        (magnitude > neighbour(-1, -1)) & (magnitude > neighbour(1, 1)),
        (magnitude > neighbour(-1, 0)) & (magnitude >= neighbour(1, 0)),
        (magnitude > neighbour(-1, 1)) & (magnitude > neighbour(1, -1)),
    ]
    return np.where(np.choose(sector, stays), magnitude, 0)
    ### END SOLUTION


# %% test="thin" points=3
hills = np.array([[20, 80, 120, 70, 10], [20, 90, 90, 10, 0], [9, 7, 5, 3, 4]], np.float64)  # (3, 5)
across = np.zeros((3, 5), np.int64)
expect(thin, hills, across).returns(
    np.array([[0, 0, 120, 0, 0], [0, 90, 0, 0, 0], [9, 0, 0, 0, 4]], np.float64),
    mistakes={
        "Both of two equal neighbours stayed: one comparison must be strict.": np.array(
            [[0, 0, 120, 0, 0], [0, 90, 90, 0, 0], [9, 0, 0, 0, 4]]
        ),
        "Both of two equal neighbours went: the right one may be equal.": np.array(
            [[0, 0, 120, 0, 0], [0, 0, 0, 0, 0], [9, 0, 0, 0, 4]]
        ),
        "Of two equal neighbours the left one stays, not the right one.": np.array(
            [[0, 0, 120, 0, 0], [0, 0, 90, 0, 0], [9, 0, 0, 0, 4]]
        ),
        "You compared with pixels that you had set to 0 already: write into a new array.": np.array(
            [[0, 0, 120, 0, 10], [0, 90, 0, 10, 0], [9, 0, 5, 0, 4]]
        ),
        "The border pixel was repeated: beyond the border the magnitude is 0.": np.array(
            [[0, 0, 120, 0, 0], [0, 90, 0, 0, 0], [0, 0, 0, 0, 4]]
        ),
        "The image was continued at its other side (np.roll): beyond the border the magnitude is 0.": np.array(
            [[0, 0, 120, 0, 0], [0, 90, 0, 0, 0], [9, 0, 0, 0, 0]]
        ),
        "Only the inner pixels were looked at: a border pixel can stay.": np.array(
            [[0, 0, 0, 0, 0], [0, 90, 0, 0, 0], [0, 0, 0, 0, 0]]
        ),
        "Return the magnitude of a crest, not 1 or True.": np.array(
            [[0, 0, 1, 0, 0], [0, 1, 0, 0, 0], [1, 0, 0, 0, 1]]
        ),
        "You compared above and below: sector 0 is a gradient along x, so compare left and right.": np.array(
            [[20, 0, 120, 70, 10], [0, 90, 0, 0, 0], [0, 0, 0, 0, 4]]
        ),
        "You looked at all eight neighbours: only the two across the edge count.": np.array(
            [[0, 0, 120, 0, 0], [0, 0, 0, 0, 0], [0, 0, 0, 0, 0]]
        ),
        "Nothing was suppressed.": hills,
    },
    cause="Row by row, by the table: greater than the left neighbour, at least as great as the right one.",
)
peak = np.array([[7, 0, 3], [0, 5, 0], [2, 0, 8]], np.int64)
for number, result, line in [
    (0, 5, "Sector 0 compares with left and right only."),
    (1, 0, "Sector 1 is the line from upper left to lower right: y grows downwards."),
    (2, 5, "Sector 2 compares with above and below only."),
    (3, 5, "Sector 3 is the line from upper right to lower left: y grows downwards."),
]:
    middle = np.zeros((3, 3), np.int64)
    middle[1, 1] = number
    expect(thin, peak, middle).satisfies(
        lambda out, result=result: out[1, 1] == result,
        f"{result} in the middle",
        cause=line,
    )
slope = np.diag([4, 5, 5])
expect(thin, slope, np.ones((3, 3), np.int64)).returns(
    np.zeros((3, 3)),
    mistakes={
        "Ties on diagonals: both comparisons are strict there.": np.diag([0, 5, 0]),
        "Of two equal neighbours on a diagonal neither stays: both comparisons are strict.": np.diag([0, 0, 5]),
    },
    cause="On diagonals both of two equal neighbours go: both comparisons are strict.",
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(24)
BEFORE = {0: (0, -1), 1: (-1, -1), 2: (-1, 0), 3: (-1, 1)}
AS_OPENCV = {0: (True, False), 1: (True, True), 2: (True, False), 3: (True, True)}


def thin_slowly(magnitude, sector, before=BEFORE, strict=AS_OPENCV, beyond="zero"):
    """One pixel at a time, with the rules as arguments."""
    height, width = magnitude.shape

    def at(y, x):
        if beyond == "wrap":
            return magnitude[y % height, x % width]
        if beyond == "edge":
            return magnitude[min(max(y, 0), height - 1), min(max(x, 0), width - 1)]
        return magnitude[y, x] if 0 <= y < height and 0 <= x < width else 0

    result = np.zeros_like(magnitude)
    for y in range(height):
        for x in range(width):
            kind, here = int(sector[y, x]), magnitude[y, x]
            dy, dx = before[kind]
            pair = at(y + dy, x + dx), at(y - dy, x - dx)
            if all(here > there if hard else here >= there for there, hard in zip(pair, strict[kind], strict=True)):
                result[y, x] = here
    return result


def same_rule(first, second):
    """One rule for all sectors."""
    return dict.fromkeys(range(4), (first, second))


def checked(magnitude, sector):
    """Compare with the slow rule and its plausible errors."""
    swapped = {0: BEFORE[0], 1: BEFORE[3], 2: BEFORE[2], 3: BEFORE[1]}
    along = {0: BEFORE[2], 1: BEFORE[3], 2: BEFORE[0], 3: BEFORE[1]}
    expect(thin, magnitude, sector).returns(
        thin_slowly(magnitude, sector),
        mistakes={
            "The two diagonals are exchanged: y grows downwards, sector 1 is upper left to lower right.": thin_slowly(
                magnitude, sector, swapped
            ),
            "You walked along the edge: the gradient points across it.": thin_slowly(magnitude, sector, along),
            "Sectors 0 and 2 are exchanged: 0 compares left and right.": thin_slowly(
                magnitude, sector, {**BEFORE, 0: BEFORE[2], 2: BEFORE[0]}
            ),
            "The image was continued at its other side (np.roll): beyond the border the magnitude is 0.": thin_slowly(
                magnitude, sector, beyond="wrap"
            ),
            "The border pixel was repeated: beyond the border the magnitude is 0.": thin_slowly(
                magnitude, sector, beyond="edge"
            ),
            "Ties on diagonals: both comparisons are strict there.": thin_slowly(
                magnitude, sector, strict=same_rule(True, False)
            ),
            "Ties: in sectors 0 and 2 the second comparison lets equals pass.": thin_slowly(
                magnitude, sector, strict=same_rule(True, True)
            ),
            "Ties: the first comparison of each sector is strict.": thin_slowly(
                magnitude, sector, strict=same_rule(False, False)
            ),
        },
        cause="Compare each pixel with the two neighbours of its own sector, by the table.",
    ).leaves_arguments_alone()


for shape, top, dtype in [
    ((9, 13), 6, np.float64),
    ((12, 7), 1000, np.int64),
    ((1, 15), 3, np.float64),
    ((14, 1), 3, np.int64),
    ((1, 1), 2, np.float64),
    ((2, 2), 3, np.int64),
    ((30, 31), 4, np.int64),
]:
    checked(rng.integers(0, top, shape).astype(dtype), rng.integers(0, 4, shape))
checked(rng.uniform(0, 1e-3, (8, 9)), rng.integers(0, 4, (8, 9)).astype(np.uint8))
checked(rng.integers(0, 5, (16, 22))[::2, ::-2], rng.integers(0, 4, (22, 16)).T[::2, ::2])
checked(np.full((4, 5), 3.0), rng.integers(0, 4, (4, 5)))
for number in range(4):
    checked(rng.integers(1, 4, (8, 8)) + 2**40, np.full((8, 8), number))
    checked(np.ones((1, 1)), np.full((1, 1), number))
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Link: two thresholds
#
# One threshold fails twice: a high one breaks lines where they fade, a low one lets noise in. **Hysteresis** uses both.
# A pixel above the high threshold is *strong*: an edge. One above only the low threshold is *weak*: an edge if it is
# connected to a strong one, step by step, over the eight neighbours.
#
# **Predict.** Three pictures of the house, thinned: above 180, above 60, and linked from 60 to 180. Which one has the
# most pixels, and where does the linked one differ from "above 180"?

# %%
smooth_house = cv2.GaussianBlur(house, (0, 0), 1.4)
pictures = {
    f"{title} ({np.count_nonzero(lines)} pixels)": lines
    for title, lines in {
        "above 180": cv2.Canny(smooth_house, 180, 180, L2gradient=True),
        "above 60": cv2.Canny(smooth_house, 60, 60, L2gradient=True),
        "linked, 60 and 180": cv2.Canny(smooth_house, 60, 180, L2gradient=True),
    }.items()
}
show(
    panels(pictures, height=2.5),
    "Three line drawings of the house. Above 180: broken outlines of gable, door and windows. Above 60: much more, with "
    "boards, shingles and shrubs. Linked: the lines of roof, door and window are "
    "longer than above 180, door and window nearly closed, and most boards and shrubs are absent.",
)

# %% [markdown]
# Each linked piece holds at least one pixel of "above 180". A weak line of any length is lost if nothing strong touches it,
# and saved if a single pixel does.

# %% [markdown] statement="link"
# ### Exercise: hysteresis
#
# Write `link(strength, low, high)`, which returns a `(H, W)` array of `bool`: `True` at each pixel that is an edge.
#
# - `strength` is `(H, W)` `float64`, not empty, nowhere negative. `0 <= low <= high`.
# - Strong: `strength > high`. Weak: `strength > low` but not strong. All strong pixels are edges. A weak pixel is an edge if
#   a chain of weak pixels leads from it to a strong one; each step goes to one of the eight neighbours and does not leave
#   the image.
# - A chain may be thousands of pixels long and wind in any direction. `strength` is left as it was.

# %% [markdown] hints="link"
# <details><summary>Hint 1: the idea</summary>
#
# Start from the strong pixels and spread over everything above `low`. Or name the connected pieces of "above `low`" and
# ask which of them hold a strong pixel.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `cv2.connectedComponents(mask.astype(np.uint8), connectivity=8)` numbers the pieces, 0 is the background. Or a list as a
# stack of pixels still to visit. Or `cv2.dilate`, repeated until nothing changes.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# One pass is not enough: a chain can run against the order in which you scan. A recursive function meets Python's limit
# on nested calls, 1,000 by default.
#
# </details>


# %% exercise="link" minutes=12 difficulty=3 question="Q11"
def link(strength: np.ndarray, low: float, high: float) -> np.ndarray:
    """Apply hysteresis with two thresholds.

    Args:
        strength: (H, W) float64, not negative.
        low: weak pixels are above it.
        high: strong pixels are above it; low <= high.

    Returns:
        (H, W) bool: strong pixels, and weak ones that are connected to them.
    """
    ### BEGIN SOLUTION
    candidate = strength > low
    _, piece = cv2.connectedComponents(candidate.astype(np.uint8))  # by eight neighbours; 0 is the background
    return np.isin(piece, piece[strength > high])
    ### END SOLUTION


# %% test="link" points=3
lines = np.array(
    [
        [9, 0, 0, 0, 0, 4],
        [0, 5, 0, 5, 0, 0],
        [0, 0, 5, 0, 0, 8],
        [0, 0, 0, 3, 0, 0],
    ],
    np.float64,
)
right = np.zeros((4, 6), bool)
right[[0, 1, 2, 1], [0, 1, 2, 3]] = True  # down, and up again
four = np.zeros((4, 6), bool)
four[0, 0] = True
one_step = four.copy()
one_step[1, 1] = True
at_least = right.copy()
at_least[3, 3] = at_least[2, 5] = True
equal_high = right.copy()
equal_high[2, 5] = True
equal_low = right.copy()
equal_low[3, 3] = True
forwards = right.copy()
forwards[1, 3] = False
rolled = right.copy()
rolled[0, 5] = True
expect(link, lines, 3.0, 8.0).returns(
    right,
    mistakes={
        "Steps go to the eight neighbours: yours stop at a diagonal (or link nothing at all).": four,
        "Only the neighbours of strong pixels were added: go on until nothing changes.": one_step,
        "Weak pixels without a strong one in their chain must go.": lines > 3,
        "A pixel equal to a threshold is not above it.": at_least,
        "A pixel equal to high is not strong.": equal_high,
        "A pixel equal to low is not weak.": equal_low,
        "One pass is not enough: a chain can run against the order of your scan.": forwards,
        "The image does not go on at its other side: np.roll joined the right border to the left one.": rolled,
        "The background (piece 0) was taken for an edge.": right | (lines <= 3),
        "Return True and False, not 0 and 255.": right * 255,
        "Edges are True: you returned the opposite.": ~right,
    },
    cause="Start at the only strong pixel, 9 in the corner, and follow the fives, down and up.",
).has_dtype(bool, cause="The result is bool.")
### BEGIN HIDDEN TESTS
rng = fresh_generator(25)


def link_slowly(strength, low, high, steps=8):
    """A stack of pixels to visit, and plain Python."""
    height, width = strength.shape
    moves = [
        (a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (abs(a) + abs(b) == 1 if steps == 4 else (a, b) != (0, 0))
    ]
    stack = [(y, x) for y in range(height) for x in range(width) if strength[y, x] > high]
    result = np.zeros((height, width), bool)
    for y, x in stack:
        result[y, x] = True
    while stack:
        y, x = stack.pop()
        for a, b in moves:
            v, u = y + a, x + b
            if 0 <= v < height and 0 <= u < width and not result[v, u] and strength[v, u] > low:
                result[v, u] = True
                stack.append((v, u))
    return result


def one_pass(strength, low, high):
    """Scan once, from the top left, and look at the neighbours."""
    result = np.pad(strength > high, 1)
    for y, x in np.ndindex(strength.shape):
        if strength[y, x] > low and result[y : y + 3, x : x + 3].any():
            result[y + 1, x + 1] = True
    return result[1:-1, 1:-1]


def checked(strength, low, high):
    """Compare with the slow rule and its plausible errors."""
    expect(link, strength, low, high).returns(
        link_slowly(strength, low, high),
        mistakes={
            "Steps go to the eight neighbours, diagonals too.": link_slowly(strength, low, high, steps=4),
            "One pass is not enough: a chain can run against the order of your scan.": one_pass(strength, low, high),
            "Only strong pixels are left: link the weak ones that touch them.": strength > high,
            "Weak pixels without a strong one in their chain must go.": strength > low,
        },
        cause="Strong pixels, and all weak ones that a chain of eight-neighbour steps connects with them.",
    ).has_dtype(bool, cause="The result is bool.").leaves_arguments_alone()


for shape, share in [((23, 31), 0.35), ((40, 12), 0.45), ((1, 40), 0.7), ((40, 1), 0.7), ((1, 1), 1.0), ((9, 9), 0.6)]:
    strength = rng.uniform(0, 10, shape) * (rng.random(shape) < share)
    checked(strength, 1.0, 8.5)
    checked(strength, 0.0, 0.0)
    checked(strength, 4.25, 4.25)
    checked(strength, 0.0, 9.75)
    checked(strength, 3.0, 20.0)
whole = rng.integers(0, 6, (15, 18)).astype(np.float64)
for low, high in ((2.0, 4.0), (2.5, 4.5), (0.0, 4.0), (1.0, 4.0), (3.0, 4.0)):
    checked(whole, low, high)
checked(whole[::-2, ::3], 2.0, 4.0)
snake = np.zeros((61, 61))
snake[::2] = 5
for turn in range(1, 61, 2):
    snake[turn, 60 if turn % 4 == 1 else 0] = 5
for start in ((0, 0), (60, 60), (60, 0)):
    winding = snake.copy()
    winding[start] = 9
    expect(link, winding, 3.0, 8.0).returns(
        link_slowly(winding, 3, 8),
        mistakes={
            "One pass is not enough: a chain can run against the order of your scan.": one_pass(winding, 3, 8),
        },
        cause="A chain of 1,921 pixels: a recursive function runs into Python's limit, and a fixed number of passes ends too "
        "early.",
    )
checked(snake, 3.0, 8.0)
### END HIDDEN TESTS

# %% [markdown]
# ## 8. Canny: all of it
#
# J. Canny's detector of 1986 is what you have built: slopes, magnitude, thinning along the gradient, linking. In his paper
# the slopes are those of a Gaussian-blurred image. **Predict:** does `cv2.Canny` blur? OpenCV's tutorial lists noise
# reduction as step 1.
#
# Two details before you build yours, which must agree with OpenCV in every pixel:

# %%
gx16, gy16 = (cv2.Sobel(coins, cv2.CV_16S, *order) for order in ((1, 0), (0, 1)))  # the default border
mirrored = cv2.Canny(gx16, gy16, 100, 200, L2gradient=True)  # Canny of slopes that we computed ourselves
gx16, gy16 = (cv2.Sobel(coins, cv2.CV_16S, *order, borderType=cv2.BORDER_REPLICATE) for order in ((1, 0), (0, 1)))
repeated = cv2.Canny(gx16, gy16, 100, 200, L2gradient=True)
built_in = cv2.Canny(coins, 100, 200, L2gradient=True)
print("pixels that differ from cv2.Canny(coins): default border", np.count_nonzero(mirrored != built_in), end=", ")
print("BORDER_REPLICATE", np.count_nonzero(repeated != built_in))

print("189² + 1² is 161² + 99². Is it the same length for np.hypot?", np.hypot(189, 1) == np.hypot(161, 99))

# %% [markdown]
# First: inside `Canny`, OpenCV repeats the border pixel (`BORDER_REPLICATE`), unlike `cv2.Sobel`'s default. And slopes
# without any blur reproduce it in every pixel: **`cv2.Canny` does not blur**.
#
# Second: ties must be exact, and `np.hypot` may round two equal lengths differently (it depends on the machine).
# Compare $g_x^2 + g_y^2$ instead: whole numbers need no rounding.

# %% [markdown] statement="canny"
# ### Exercise: Canny
#
# Write `canny(image, low, high)`, which returns a `(H, W)` array of `bool`, exact in every pixel. There is no blur in it.
#
# 1. `image` is `(H, W)`, `uint8` **or `uint16`** (`cv2.Canny` refuses 16-bit images), not empty. Slopes are the 3 × 3 Sobel
#    ones, with `BORDER_REPLICATE`.
# 2. The strength of a pixel is $\sqrt{g_x^2 + g_y^2}$; compare exactly, for example by squares: tested thresholds are
#    multiples of 1/4, so their squares are exact in `float64`.
# 3. Thin it by the sectors of section 5 and the table of `thin`, ties included.
# 4. Link what is left as in `link`: strong above `high`, weak above `low`. The thresholds are floats,
#    `0 <= low <= high`, in the unit of the strength.
#
# The limits between sectors are at exactly 22.5° and so on; whole-number slopes never lie on them, and `float64` tells
# them apart. You may call your functions from above. `image` is left as it was.

# %% [markdown] hints="canny"
# <details><summary>Hint 1: the idea</summary>
#
# Four calls, one after the other. What changes against the exercises above: the border of the slopes, and squares where
# there were magnitudes. If you compare squares, what happens to the thresholds?
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `cv2.Sobel(..., borderType=cv2.BORDER_REPLICATE)` with `cv2.CV_64F`, then your `sectors`, `thin` and `link`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `CV_16S` holds the slopes of 8-bit images only, and the squares for 16-bit images do not fit into 32 bits. Or thresholds are compared
# with squares without being squared. Or the weak pixels are linked before they are thinned.
#
# </details>
# <details><summary>Hint 4: find the first difference</summary>
#
# `np.argwhere(canny(coins, 100, 200) != (cv2.Canny(coins, 100, 200, L2gradient=True) > 0))`. All on the border: step 1. On
# diagonals: step 3.
#
# </details>


# %% exercise="canny" minutes=16 difficulty=4 question="Q11"
def canny(image: np.ndarray, low: float, high: float) -> np.ndarray:
    """Detect edges as cv2.Canny(image, low, high, L2gradient=True) does, for 8 and 16 bits.

    Args:
        image: (H, W) uint8 or uint16.
        low: weak edges are stronger than this, in Sobel units.
        high: strong edges are stronger than this; low <= high.

    Returns:
        (H, W) bool: True on edges.
    """
    ### BEGIN SOLUTION
    gx = cv2.Sobel(image, cv2.CV_64F, 1, 0, borderType=cv2.BORDER_REPLICATE)
    gy = cv2.Sobel(image, cv2.CV_64F, 0, 1, borderType=cv2.BORDER_REPLICATE)
    squared = gx**2 + gy**2  # whole numbers below 2**53: exact
    sector = np.rint(np.degrees(np.arctan2(gy, gx)) / 45) % 4

    height, width = squared.shape
    padded = np.pad(squared, 1)
    crest = np.zeros(squared.shape, bool)
    for number, (dy, dx) in enumerate([(0, 1), (1, 1), (1, 0), (1, -1)]):
        before = padded[1 - dy : 1 - dy + height, 1 - dx : 1 - dx + width]
        after = padded[1 + dy : 1 + dy + height, 1 + dx : 1 + dx + width]
        beats_after = squared > after if number in (1, 3) else squared >= after
        crest |= (sector == number) & (squared > before) & beats_after

    weak_or_strong = crest & (squared > low**2)
    _, piece = cv2.connectedComponents(weak_or_strong.astype(np.uint8))  # by eight neighbours
    return np.isin(piece, piece[crest & (squared > high**2)])
    ### END SOLUTION


# %% test="canny" points=4
def opencv(image, low, high, **options):
    """cv2.Canny as bool, with the exact magnitude."""
    return cv2.Canny(image, low, high, **{"L2gradient": True, **options}) > 0


def art(rows):
    """Turn a drawing into a bool array: # is True."""
    return np.array([[mark == "#" for mark in row] for row in rows.split()])


hill = np.array(
    [
        [20, 20, 20, 30, 30, 30, 30, 20, 20],
        [20, 30, 40, 50, 60, 50, 50, 40, 20],
        [30, 50, 60, 70, 80, 80, 70, 60, 40],
        [50, 70, 80, 100, 100, 100, 90, 70, 50],
        [60, 80, 100, 110, 120, 120, 110, 90, 60],
        [60, 80, 110, 130, 150, 140, 120, 90, 70],
        [60, 80, 110, 130, 140, 140, 120, 90, 70],
    ],
    np.uint8,
)
drawn = {
    "The border is mirrored: Canny repeats the border pixel (BORDER_REPLICATE).": (
        "......... ....##... #.##..#.. .#....##. ....##.#. .......#. ......#.."
    ),
    "Beyond the border you put zeros: repeat the border pixel.": (
        "...####.. #........ #.......# #.......# #.......# #.......# #########"
    ),
    "The two diagonals are exchanged: y grows downwards.": (
        "......... .......## .......#. .......#. .......#. .......#. ......#.."
    ),
    "You thinned along the edge: the gradient points across it.": (
        "......... .......## .......#. .......#. .......#. ......... ........."
    ),
    "gx and gy are exchanged in the direction: it is arctan2(gy, gx).": (
        "......... .....#... .....##.. ......##. .......#. ......... ........."
    ),
    "The sectors are cut at 0, 45 and 90 degrees: the limits lie half-way between.": (
        "......... ......... ........# ......##. .....#.#. .......#. ......#.."
    ),
    "Ties on diagonals: both comparisons are strict there.": (
        "......... ....##... .###..#.. .#....##. ....##.#. .......#. ......#.."
    ),
    "Ties: in sectors 0 and 2 the second comparison lets equals pass.": (
        "......... ....##... ..##..#.. .#....##. ....##.#. .......#. ........."
    ),
    "Linked over four neighbours: take all eight.": (
        "......... ......... ......#.. ......##. .......#. .......#. ........."
    ),
    "Thinning is missing: the lines are several pixels wide.": (
        "..######. ######### ######### ######### ######### ######### ####.####"
    ),
    "You added |gx| + |gy|: use Pythagoras.": "......... ....##... ..##..... .#.....#. ....##.#. ..#...#.. .#....#..",
    "Nothing was linked: weak pixels that touch strong ones are missing.": (
        "......... ......... ......... ......... .......#. .......#. ........."
    ),
    "A piece without a pixel above high stayed: thin first, link then; > is not >=; squares need squared thresholds.": (
        "......... ....##... ..##..#.. .#....##. ....##.#. .#.....#. .#....#.."
    ),
    "Nothing was found: do not blur the image, cv2.Canny does not either.": " ".join(["........."] * 7),
}
expect(canny, hill, 60.0, 200.0).returns(
    art("......... ....##... ..##..#.. .#....##. ....##.#. .......#. ......#.."),
    mistakes={message: art(rows) for message, rows in drawn.items()}
    | {
        "Return True and False, not 0 and 255.": opencv(hill, 60, 200) * 255,
        "0 and 255 instead of True and False, and |gx| + |gy| instead of Pythagoras (L2gradient).": opencv(
            hill, 60, 200, L2gradient=False
        )
        * 255,
    },
    cause="Compare with cv2.Canny(hill, 60, 200, L2gradient=True): border, ties, diagonals or linking?",
)
crop = np.ascontiguousarray(coins[:150, 230:])
expect(canny, crop, 100.0, 200.0).returns(
    opencv(crop, 100, 200),
    mistakes={
        "You blurred the image: cv2.Canny does not.": opencv(cv2.GaussianBlur(crop, (5, 5), 0), 100, 200),
    },
    cause="Look at the first pixels that differ (hint 4): border, ties, diagonals or linking?",
).has_dtype(bool, cause="The result is bool.")
deep = crop.astype(np.uint16) * 257  # 0 to 65535
outcome = expect(canny, deep, 25700.0, 51400.0).is_a(
    np.ndarray, cause="cv2.Canny takes 8-bit images only: compute the slopes and go on from there."
)
wanted = opencv(crop, 100, 200)
few = outcome.value.shape == wanted.shape and np.mean(outcome.value != wanted) < 0.02
outcome.returns(
    wanted,
    mistakes={
        "Nothing was found: int16 and int32 overflow here, and astype(np.uint8) keeps only the lower byte of 16 bits.": np.zeros_like(
            wanted
        )
    },
    cause="The same picture in 16 bits, thresholds scaled alike. "
    + (
        "Only a few pixels differ: rounding decided a tie. Compare squares."
        if few
        else "Slopes reach 262,140 and their squares do not fit into 32 bits: int16 and int32 overflow."
    ),
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(26)
OFFSETS = {0: (0, -1), 1: (-1, -1), 2: (-1, 0), 3: (-1, 1)}


def canny_slowly(image, low, high, border="edge", offsets=OFFSETS, strict=(1, 3), steps=8, thinned=True, strength=None):
    """One pixel at a time, in whole numbers, with the rules as arguments."""
    height, width = image.shape
    rows = np.pad(image.astype(np.int64), 1, mode=border).tolist()
    found = {}
    for y in range(height):
        for x in range(width):
            (a, b, c), (d, _, f), (g, h, i) = (r[x : x + 3] for r in rows[y : y + 3])
            found[y, x] = (c + 2 * f + i - a - 2 * d - g, g + 2 * h + i - a - 2 * b - c)
    power = {p: (strength or (lambda s, t: s * s + t * t))(*v) for p, v in found.items()}
    kept = set()
    for (y, x), (s, t) in found.items():
        u, v = abs(s), abs(t)
        kind = 0 if v * v + 2 * u * v < u * u else 2 if v * v > u * u + 2 * u * v else 1 if (s > 0) == (t > 0) else 3
        dy, dx = offsets[kind]
        here, before, after = (power.get(p, 0) for p in ((y, x), (y + dy, x + dx), (y - dy, x - dx)))
        if not thinned or here > before and (here > after if kind in strict else here >= after):
            kept.add((y, x))
    moves = [(a, b) for a in (-1, 0, 1) for b in (-1, 0, 1) if (abs(a) + abs(b) == 1 if steps == 4 else a or b)]
    stack = [p for p in kept if power[p] > high * high]
    result = np.zeros((height, width), bool)
    reached = set(stack)
    while stack:
        y, x = stack.pop()
        result[y, x] = True
        for a, b in moves:
            p = (y + a, x + b)
            if p in kept and p not in reached and power[p] > low * low:
                reached.add(p)
                stack.append(p)
    return result


def checked(image, low, high):
    """Compare with the slow rules and their plausible errors."""
    exchanged = {**OFFSETS, 1: OFFSETS[3], 3: OFFSETS[1]}
    along = {0: OFFSETS[2], 1: OFFSETS[3], 2: OFFSETS[0], 3: OFFSETS[1]}
    expect(canny, image, low, high).returns(
        canny_slowly(image, low, high),
        mistakes={
            "The border is mirrored: Canny repeats the border pixel (BORDER_REPLICATE).": canny_slowly(
                image, low, high, border="symmetric" if 1 in image.shape else "reflect"
            ),
            "Beyond the border you put zeros: repeat the border pixel.": canny_slowly(
                image, low, high, border="constant"
            ),
            "The two diagonals are exchanged: y grows downwards.": canny_slowly(image, low, high, offsets=exchanged),
            "You thinned along the edge, not across it.": canny_slowly(image, low, high, offsets=along),
            "Ties on diagonals: both comparisons are strict there.": canny_slowly(image, low, high, strict=()),
            "Ties: in sectors 0 and 2 the second comparison lets equals pass.": canny_slowly(
                image, low, high, strict=(0, 1, 2, 3)
            ),
            "Linked over four neighbours: take all eight.": canny_slowly(image, low, high, steps=4),
            "Thinning is missing: the lines are several pixels wide.": canny_slowly(image, low, high, thinned=False),
            "You added |gx| + |gy|: use Pythagoras.": canny_slowly(
                image, low, high, strength=lambda s, t: (abs(s) + abs(t)) ** 2
            ),
        },
        cause="Compare with cv2.Canny(..., L2gradient=True) on this image: border, ties, diagonals, linking?",
    ).has_dtype(bool, cause="The result is bool.").leaves_arguments_alone()


for shape in [(17, 23), (24, 9), (1, 12), (12, 1), (1, 1), (2, 2), (3, 3)]:
    noise = rng.integers(0, 256, shape, np.uint8)
    checked(noise, 150.0, 400.0)
    checked(noise // 64 * 64, 0.0, 0.0)
    checked(noise // 64 * 64, 100.0, 300.0)
    checked((noise > 127).astype(np.uint8) * 3, 4.5, 9.5)
    checked(rng.integers(0, 65536, shape, np.uint16), 40000.0, 90000.0)
    checked(rng.integers(3000, 3200, shape, np.uint16), 100.0, 300.0)
    checked((noise // 128).astype(np.uint16) * 65535, 65535.0 * 3, 65535.0 * 4)
steps = np.kron(rng.integers(0, 5, (6, 8)), np.ones((4, 3), np.int64)).astype(np.uint8)
for low, high in ((0.0, 8.0), (3.0, 5.0), (4.0, 4.0), (5.0, 10.0), (2.5, 12.5)):
    checked(steps, low, high)
    checked(steps.T, low, high)
checked(np.add.outer(np.arange(9), np.arange(12)).astype(np.uint8) * 9, 1.0, 2.0)
checked(np.full((5, 7), 255, np.uint8), 0.0, 0.0)
for photo in (coins, house, np.ascontiguousarray(house[::2, ::-2]), cv2.GaussianBlur(coins, (0, 0), 2)):
    for low, high in ((50.0, 100.0), (100.5, 250.25)):
        expect(canny, photo, low, high).returns(
            opencv(photo, low, high),
            mistakes={
                "You blurred the image: cv2.Canny does not.": opencv(cv2.GaussianBlur(photo, (5, 5), 0), low, high)
            },
            cause="If only a few pixels differ, rounding decided a tie: compare gx*gx + gy*gy, which is exact.",
        )
expect(canny, house[::2, ::-2], 50.0, 100.0).returns(opencv(np.ascontiguousarray(house[::2, ::-2]), 50.0, 100.0))
### END HIDDEN TESTS

# %% [markdown]
# When it passes, run the next cell: yours beside OpenCV's.

# %%
reference = cv2.Canny(smooth_house, 60, 120, L2gradient=True) > 0
try:
    yours = canny(smooth_house, 60.0, 120.0)
except NotImplementedError:
    yours = np.zeros_like(reference)
    print("Write canny, then run this cell again: the middle picture should equal the left one.")
show(
    panels(
        {"cv2.Canny": reference, "yours": yours, f"{np.count_nonzero(yours != reference)} differ": yours != reference},
        height=2.5,
    ),
    "Left: edges of the smoothed house found by cv2.Canny: gable, roof, door, windows, some boards. Middle: yours. Right: "
    "the pixels that differ; none once your function is right.",
)

# %% [markdown]
# ## 9. Where it breaks: the same scene, in the dark
#
# Thresholds 100 and 200 work on the coins by daylight. At night the camera catches only 30 photons where the picture is
# white, and how many arrive varies by chance: **shot noise**, with a standard deviation of $\sqrt{n}$ around $n$ photons. The camera
# brightens the image back to 255. The next cell simulates this.
#
# **Predict.** Does the night picture give fewer edges, as there is less light, or more?

# %%
photons = np.random.default_rng(7).poisson(coins / 255 * 30)  # how many arrive
night = np.clip(np.rint(photons * 255 / 30), 0, 255).astype(np.uint8)


def edge_share(lines: np.ndarray) -> str:
    """Write down how many pixels are edges."""
    return f"{np.count_nonzero(lines) / lines.size:.1%} are edges"


by_day = cv2.Canny(coins, 100, 200, L2gradient=True)
by_night = cv2.Canny(night, 100, 200, L2gradient=True)
show(
    panels(
        {"night": night, f"day: {edge_share(by_day)}": by_day, f"night: {edge_share(by_night)}": by_night}, height=2.8
    ),
    "The grainy night photograph of the coins, and two results of Canny with thresholds 100 and 200. By day: outlines and "
    "relief of the coins, 8.6 % of the pixels. At night: a thicket of short lines everywhere, 26 %.",
)

# %% [markdown]
# Three times as many, most of them noise (only a fifth are edges by day, too): nothing in `cv2.Canny` smooths. So *you* blur. **Predict:** with σ = 2, will
# the old thresholds still do?

# %%
smooth_night = cv2.GaussianBlur(night, (0, 0), 2)
same = cv2.Canny(smooth_night, 100, 200, L2gradient=True)
halved = cv2.Canny(smooth_night, 50, 100, L2gradient=True)
show(
    panels(
        {"night, blurred, σ = 2": smooth_night, "thresholds 100, 200": same, "thresholds 50, 100": halved}, height=2.8
    ),
    "The blurred night photograph and two results of Canny. With thresholds 100 and 200 the background is clean, but several "
    "coins have no outline or an open one. With 50 and 100 22 of the 24 coins have a closed outline, the other two nearly so, and "
    "the background is still clean.",
)

# %% [markdown]
# A blur flattens noise, but true edges, too: the old thresholds lose whole coins, halved ones find them all. Blur and
# thresholds belong together. Tune both on your darkest images, and write both down.

# %% [markdown] statement="strong_answer"
# ### Exercise: your answer
#
# *"Detect the vertical edges of an image, the horizontal ones, and both."* Answer as you would in the interview, in 120 to
# 200 words. No code, but name functions and arguments. A person grades it; on your own, compare it with the model answer below. 5
# points; half of an item earns half its point:
#
# 1. which derivative answers to which edges, and why **(1 point)**
# 2. the dtype of the result, and what goes wrong otherwise **(1 point)**
# 3. magnitude and direction, with the right formulas **(1 point)**
# 4. two of these: correlation or convolution, the border, separability, showing signed values **(1 point)**
# 5. the way to thin lines: blur, non-maximum suppression, two thresholds; what `cv2.Canny` does not do **(1 point)**

# %% [markdown] written="strong_answer" points=5 minutes=10 difficulty=3 question="Q11"
# I take the Sobel derivatives of the grey image. `cv2.Sobel(gray, cv2.CV_64F, 1, 0)` is the derivative along x. It compares
# left with right, so it answers to vertical edges; `(0, 1)` answers to horizontal ones.
#
# I ask for a signed type. With −1 the result is `uint8`: falls from bright to dark are negative and become 0, so half of
# the edges vanish, and everything above 255 is cut. An absolute value afterwards comes too late.
#
# For both I use the magnitude, hypot(gx, gy); adding the absolute values makes diagonals up to 41 % too strong. The
# direction is arctan2(gy, gx). It points across the edge, from dark to bright, with y downwards.
#
# OpenCV correlates; true convolution would flip the sign of the slopes. The default border mirrors the image without its
# border pixel. The kernel is a column times a row, which saves work for large kernels.
#
# For thin lines: blur with a Gaussian, suppress what is not a maximum along the gradient, link with two thresholds.
# `cv2.Canny` does the last two; the blur is mine, and the thresholds depend on it.

# %% [markdown]
# ## Follow-up questions
#
# <details><summary>What was wrong with the answer at the top?</summary>
#
# (1) The derivative along x answers to vertical edges; the two are exchanged. (2) −1 keeps `uint8`: negative slopes become
# 0. (3) The sum is not the magnitude, and in `uint8` it saturates or wraps as well. (4) `cv2.Canny` does not smooth.
#
# </details>
# <details><summary>Why 1, 2, 1 and not simply the difference of two neighbours?</summary>
#
# Noise. In grey levels per pixel, noise of standard deviation σ becomes 0.71 σ with (−1, 0, 1)/2 and 0.43 σ with Sobel/8: the roots
# of the summed squares of the weights.
#
# </details>
# <details><summary>What is Scharr's kernel for?</summary>
#
# It weights by 3, 10, 3 instead of 1, 2, 1, which makes the direction more accurate. `cv2.Scharr`, or `ksize=-1`.
#
# </details>

# %% [markdown]
# <details><summary>How do you choose Canny's thresholds?</summary>
#
# In the unit of the slopes: an edge that climbs $s$ grey levels per pixel has magnitude $8s$. Start with high from a
# percentile of the magnitude on typical images, low at a third to a half of it (Canny suggested a ratio of two or three
# to one), and check on images from the dark end of production.
#
# </details>
# <details><summary>And `cv2.Canny` without `L2gradient`?</summary>
#
# It uses $|g_x| + |g_y|$: faster, but diagonals reach a threshold up to 41 % sooner.
#
# </details>

# %% [markdown]
# ## Take-away
#
# - You filtered by hand, and saw convolution flip the sign.
# - You saw on a house that the derivative along x answers to vertical edges.
# - You kept the falls that `uint8` turns into 0, and combined both slopes by Pythagoras.
# - You measured when separating pays, and where the library changed its algorithm.
# - You built Canny, equal to OpenCV's in every pixel, and learned from it that the blur is yours.

# %% [markdown]
# **Sources.** J. Canny, "A Computational Approach to Edge Detection", IEEE Transactions on Pattern Analysis and Machine
# Intelligence 8(6), 1986 · I. Sobel, "History and Definition of the so-called Sobel Operator", 2014 (the operator is of
# 1968) · OpenCV documentation, "Image Filtering" and "Canny Edge Detection", 4.14 (2026) · H. Scharr, "Optimale Operatoren in
# der digitalen Bildverarbeitung", dissertation, Heidelberg, 2000. Photographs: D. Lange, "Abandoned Dust Bowl Home", Getty
# Museum; Brooklyn Museum; details in `images/SOURCES.toml`.
