# %% [markdown] minutes=140 seconds=60 megabytes=1200
# # Quantization
#
# > *"Your network is too slow and too large for the device. What is quantization, and what does it cost?"*
#
# A common answer:
#
# > *"You convert the weights from float32 to int8, or to FP16, which is the same idea. You divide by the largest value
# > and multiply by 127. The model is then four times smaller and four times faster. It costs about one percent of
# > accuracy; if it costs more, you retrain."*
#
# **What is wrong with it?** Write down what you find before you read on. There are at least five things.

# %% [markdown]
# ## What you will be able to do
#
# - say what a cast to FP16 or BF16 does, and why INT8 is something else
# - derive scale and zero-point, and know why zero must be exact
# - choose between one scale and many, and between ways to calibrate
# - compute a layer in integers only, with a bound on its error
# - measure size, speed and accuracy, and say where int8 is slower
# - train through rounding with a straight-through estimator
#
# **You need:** [NumPy arrays](../a1_numpy_arrays/a1_numpy_arrays.ipynb), and to have seen a convolutional network.
# **Not here:** pruning, GPUs, large language models. **Time:** 140 minutes, 95 of them for the exercises.
# The tests of an exercise begin with visible checks; hidden ones then try every case that its text settles.

# %%
import time
import warnings

import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch
import torch.nn.functional as F

from autograder.expect import expect, fresh_generator
from autograder.figures import show

torch.set_num_threads(1)  # layers as small as ours gain nothing from a second thread
print("NumPy", np.__version__, "· torch", torch.__version__)

# %% [markdown]
# The patient is a small MobileNet: seven convolutions, one linear layer, 18,106 numbers. It was trained on the 60,000
# photographs of clothes in Fashion-MNIST. Its *depthwise* layers have one filter per channel and sum over none. Every
# BatchNorm is *folded in*: after training it only scales and shifts each channel, so its factor went into the weights
# before it and its shift into their bias. You have the first 2,000 training and 2,000 test pictures.

# %%
MEAN, STD = 0.2860, 0.3530  # of all training pixels, on a scale of 0 to 1
STRIDES = (2, 1, 1, 2, 1, 1, 1)
CLASSES = ("T-shirt", "trousers", "pullover", "dress", "coat", "sandal", "shirt", "sneaker", "bag", "boot")


def load_pictures(name: str) -> torch.Tensor:
    """Cut a sheet of 28 x 28 pictures, 50 in a row, and normalise: (N, 1, 28, 28) float32."""
    sheet = cv2.imread(f"data/{name}_images.png", cv2.IMREAD_GRAYSCALE)  # (N / 50 * 28, 50 * 28) uint8
    pictures = sheet.reshape(-1, 28, 50, 28).swapaxes(1, 2).reshape(-1, 1, 28, 28)
    normalised = (pictures / np.float32(255) - np.float32(MEAN)) / np.float32(STD)
    return torch.from_numpy(normalised).to(memory_format=torch.channels_last)


def forward(parameters: dict, x: torch.Tensor, at_input=lambda layer, x: x) -> torch.Tensor:
    """Run the network on (B, 1, 28, 28); ``at_input(layer, x)`` may change what enters a layer."""
    for layer, stride in enumerate(STRIDES):
        x = at_input(layer, x)
        weight, bias = parameters[f"{layer}.weight"], parameters[f"{layer}.bias"]
        groups = x.shape[1] // weight.shape[1]  # depthwise layers: one filter per channel
        x = F.relu(F.conv2d(x, weight, bias, stride, weight.shape[-1] // 2, groups=groups))
    x = at_input(7, x.mean(dim=(2, 3)))  # (B, 96)
    return F.linear(x, parameters["7.weight"], parameters["7.bias"])  # (B, 10)


@torch.no_grad()
def accuracy(parameters: dict, at_input=lambda layer, x: x) -> float:
    """Share of right answers on the test pictures."""
    scores = [forward(parameters, x, at_input) for x in test_images.split(250)]
    return float((torch.cat(scores).argmax(dim=1) == test_labels).float().mean())


network = {name: torch.from_numpy(array) for name, array in np.load("data/network.npz").items()}
train_images, test_images = load_pictures("train"), load_pictures("test")
train_labels, test_labels = (torch.from_numpy(np.load("data/labels.npz")[k]).long() for k in ("train", "test"))
float_accuracy = accuracy(network)
print(f"accuracy in float32: {float_accuracy:.1%}")

figure, axes = plt.subplots(1, 10, figsize=(11, 1.7))
for axis, label in zip(axes, range(10), strict=True):
    axis.imshow(test_images[test_labels == label][0, 0], cmap="gray")
    axis.set(title=CLASSES[label], xticks=[], yticks=[])
figure.suptitle("One test picture of each class, 28 x 28 pixels", y=1.05)
show(figure, "Ten small grey photographs of clothes, one of each class from T-shirt to boot.")

# %% [markdown]
# On 2,000 pictures, an accuracy of 91 % has a standard error of 0.6 points. Two networks on the *same* pictures are a
# paired comparison, with less luck in it. Still, half a point between them proves little.

# %% [markdown]
# ## 1. The cast: FP16 and BF16
#
# A float has a sign, an exponent (how large) and a mantissa (which number at that size). Both 16-bit formats save half
# the bits, in different places:
#
# | format | exponent bits | mantissa bits | largest | smallest normal | integers exact to |
# |---|---|---|---|---|---|
# | float32 | 8 | 23 | 3.4e38 | 1.2e−38 | 16,777,216 |
# | FP16 | 5 | 10 | 65,504 | 6.1e−5 | 2,048 |
# | BF16 | 8 | 7 | 3.4e38 | 1.2e−38 | 256 |
#
# There is nothing to choose: no scale, no calibration. A cast moves every number to the nearest that the
# format holds.

# %% [markdown]
# BF16 is the upper half of a float32. Take 1.01, whose bits are `3F81 47AE`. The lower half is below `8000`, half a
# step, so it is dropped: `3F81` is 1.0078125.
#
# **Predict.** What do 257, 70,000 and 1e−8 become in each format?

# %%
print("bits of 1.01:", format(np.float32(1.01).view(np.uint32), "08X"))
for value in (1.01, 257.0, 70_000.0, 1e-8):
    x = torch.tensor(value)
    print(f"{value:>10g}   FP16 {x.half().item():<12g} BF16 {x.bfloat16().item():g}")

# %% [markdown]
# FP16 is finer but overflows and underflows; BF16 keeps the range and is coarse. **Predict:** training also casts
# *gradients*. Which share of those that are not zero will FP16 turn into zero?

# %%
entering = {}


def keep(layer: int, x: torch.Tensor) -> torch.Tensor:
    """Remember what enters a layer, and its gradient."""
    if x.requires_grad:
        x.retain_grad()
    entering[layer] = x
    return x


learning = {name: value.clone().requires_grad_() for name, value in network.items()}
F.cross_entropy(forward(learning, train_images[:250], keep), train_labels[:250]).backward()
gradients = torch.cat([entering[layer].grad.flatten() for layer in range(1, 8)]).abs()
gradients = gradients[gradients > 0]
values = {
    "weights": torch.cat([network[f"{layer}.weight"].flatten() for layer in range(8)]).abs(),
    "activations": torch.cat([entering[layer].detach().flatten() for layer in range(1, 8)]),
    "gradients of activations": gradients,
}
lost = float((gradients.half() == 0).float().mean())
print(
    f"non-zero gradients of activations that FP16 turns into zero: {lost:.0%}, BF16: {float((gradients.bfloat16() == 0).float().mean()):.0%}"
)

figure, axis = plt.subplots(figsize=(8, 3.8), layout="constrained")
for (name, value), colour in zip(values.items(), ("#0072B2", "#E69F00", "#CC79A7"), strict=True):
    logs = value[value > 0].log10().numpy()
    axis.hist(logs, bins=100, range=(-12, 2), density=True, histtype="step", lw=1.8, color=colour, label=name)
axis.axvspan(-12, np.log10(2**-25), color="0.85", label="FP16 gives 0")
axis.axvline(np.log10(2**-14), color="black", ls=":", label="FP16: smallest normal number")
axis.set(
    title="One training step of the network: how large are the numbers?",
    xlabel="absolute value (power of ten); exact zeros left out",
    ylabel="density (per power of ten)",
    xlim=(-12, 2),
)
figure.legend(fontsize=8, loc="outside lower center", ncols=3)
show(
    figure,
    "Histograms of absolute values on a logarithmic axis. Weights and activations lie between 0.001 and 10. Gradients of "
    "activations spread around one millionth; part of them lies in the shaded region that FP16 rounds to zero.",
)

# %% [markdown]
# In this trained network, a fifth of these gradients vanishes in FP16, none in BF16. The loss is a *mean* over 250
# pictures; for their sum, 250 times larger, it is 1.4 %. That is the idea of *loss scaling*: FP16 training first
# multiplies the loss by a large number. BF16 training need not. For inference both are harmless here (section 7).

# %% [markdown] statement="round_to_bfloat16"
# ### Exercise: the cast by hand
#
# Write `round_to_bfloat16(values)`, which rounds every number to the nearest one that BF16 can hold.
#
# - `values` is a float32 array with one or more axes; it may be empty or a view. The result is float32, same shape: the
#   lower 16 bits of every number are zero (of a NaN: any).
# - Halfway between two BF16 numbers, take the one whose last kept bit is 0 (ties to even).
# - What rounds beyond the largest finite BF16 number becomes infinity with its sign. Infinities stay. NaN gives NaN.
# - Tiny numbers (subnormals) are rounded like all others. −0.0 stays −0.0.
# - `values` is left as it was. Results are exact.

# %% [markdown] hints="round_to_bfloat16"
# <details><summary>Hint 1: the idea</summary>
#
# Look at the numbers as 32-bit integers. Add something that carries into the upper half exactly when you have to round
# up, then clear the lower half. A carry into the exponent is right: the next float is the next integer.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `ndarray.view(np.uint32)` and back, `>>`, `&`, `np.isnan`, `np.where`. Or see what torch offers;
# `torch.from_numpy` refuses arrays with negative strides.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# Adding `0x8000` rounds every tie up. Add `0x7FFF`, and one more if the last kept bit is 1. And a NaN is a bit pattern
# like any other: the addition can turn it into infinity or zero.
#
# </details>


# %% exercise="round_to_bfloat16" minutes=10 difficulty=3 question="Q50"
def round_to_bfloat16(values: np.ndarray) -> np.ndarray:
    """Round to the nearest BF16 number, ties to even.

    Args:
        values: float32, any shape with at least one axis.

    Returns:
        float32, same shape; the lower 16 bits of every number are zero (of a NaN: any).
    """
    ### BEGIN SOLUTION
    bits = values.view(np.uint32)
    last_kept = (bits >> 16) & 1
    rounded = (bits + 0x7FFF + last_kept) & 0xFFFF0000
    return np.where(np.isnan(values), values, rounded.view(np.float32))
    ### END SOLUTION


# %% test="round_to_bfloat16" points=2
def from_bits(*numbers: int) -> np.ndarray:
    """Make float32 numbers of their bits."""
    return np.array(numbers, np.uint32).view(np.float32)


row = np.array([1.01, 1.0, 257.0, 259.0, -257.5], np.float32)
expect(round_to_bfloat16, row).returns(
    np.array([1.0078125, 1.0, 256.0, 260.0, -258.0], np.float32),
    mistakes={
        "You cut the lower bits off: round to the nearest.": np.array([1.0078125, 1, 256, 258, -256], np.float32),
        "257 is a tie: 256 has an even last bit, 258 an odd one. You rounded it up.": np.array(
            [1.0078125, 1, 258, 260, -258], np.float32
        ),
        "This is FP16: BF16 keeps 8 exponent bits and 7 mantissa bits.": row.astype(np.float16).astype(np.float32),
        "Seven stored mantissa bits and the hidden leading 1 make eight: you kept seven.": np.array(
            [1.015625, 1, 256, 260, -256], np.float32
        ),
        "You kept one bit too many.": np.array([1.01171875, 1, 257, 259, -258], np.float32),
        "These are bit patterns: view them as float32 again.": np.array(
            [0x3F810000, 0x3F800000, 0x43800000, 0x43820000, 0xC3810000], np.uint32
        ),
    },
).has_dtype(np.float32, cause="The result is float32.").leaves_arguments_alone()
expect(round_to_bfloat16, np.array([np.nan, np.inf, -np.inf], np.float32)).returns(
    np.array([np.nan, np.inf, -np.inf], np.float32), cause="Infinities and NaN stay what they are."
)
expect(round_to_bfloat16, from_bits(0x7FFFFFFF)).returns(
    np.array([np.nan], np.float32),
    cause="A NaN became a number: its lower bits were dropped, or a carry ran through its exponent. Treat NaN apart.",
)
### BEGIN HIDDEN TESTS
nans = from_bits(0x7F800001, 0x7FFFFFFF, 0xFF800001, 0xFFFFFFFF, 0x7FC00000)
expect(round_to_bfloat16, nans).returns(
    np.full(5, np.nan, np.float32),
    cause="A NaN became a number: its lower bits were dropped, or a carry ran through its exponent. Treat NaN apart.",
)
expect(round_to_bfloat16, from_bits(0x7F7FFFFF, 0xFF7FFFFF, 0x7F7F8000, 0x7F7F7FFF)).returns(
    from_bits(0x7F800000, 0xFF800000, 0x7F800000, 0x7F7F0000),
    cause="The largest float32 lies nearer to what would come after the largest BF16 number: that is infinity.",
)
expect(round_to_bfloat16, from_bits(0x00018000, 0x00028000, 0x80007FFF, 0x00008001, 0x007FFFFF)).returns(
    from_bits(0x00020000, 0x00020000, 0x80000000, 0x00010000, 0x00800000),
    cause="Subnormal numbers are rounded like all others.",
)
expect(round_to_bfloat16, np.array([-0.0, 0.0], np.float32)).satisfies(
    lambda v: np.signbit(v).tolist() == [True, False], "-0.0 and 0.0", cause="Zero keeps its sign."
)
rng = fresh_generator(501)
bits = rng.integers(0, 2**32, (40, 301), dtype=np.uint64).astype(np.uint32)
bits[::3] = (bits[::3] & 0xFFFF0000) | 0x8000  # ties
every = np.where(np.isnan(bits.view(np.float32)), np.float32(1), bits.view(np.float32))
right = torch.from_numpy(every).bfloat16().float().numpy()
expect(round_to_bfloat16, every).returns(
    right, cause="Round to the nearest; a tie goes to the number whose last kept bit is 0."
).has_dtype(np.float32).leaves_arguments_alone()
expect(round_to_bfloat16, every[::2, 5:]).returns(right[::2, 5:], cause="Wrong on a view of an array.")
expect(round_to_bfloat16, every[:4, :6].reshape(2, 2, 6)).returns(right[:4, :6].reshape(2, 2, 6))
expect(round_to_bfloat16, np.zeros((0, 3), np.float32)).has_shape((0, 3), cause="An empty array keeps its shape.")
### END HIDDEN TESTS

# %% [markdown]
# ## 2. The affine map
#
# Eight bits hold 256 codes. For integers you must decide which real numbers they stand for. An **affine** map has two
# parameters, the **scale** $s$ (the step) and the **zero-point** $z$ (the code of 0):
#
# $$q = \operatorname{clip}\bigl(\operatorname{round}(x / s) + z,\; q_\text{min},\; q_\text{max}\bigr) \qquad\qquad
# \hat x = s\,(q - z)$$

# %% [markdown]
# Three bits, the range from −1 to 3. Eight codes make seven steps: $s = 4/7$. From −1 up to 0 are $1 / s = 1.75$ steps,
# so the zero-point is 2. It is **rounded**: now code 2 gives exactly 0.
#
# The price: all values shift by a quarter of a step. The codes reach from −1.143 to 2.857, and 3 is a little cut off.

# %%
s, z = 4 / 7, 2
x = np.array([-1.0, -0.1, 0.0, 0.8, 3.0, 9.0])
q = np.clip(np.rint(x / s) + z, 0, 7)
for row in zip(x, q, s * (q - z), strict=True):
    print("x {:5.1f}   code {:.0f}   back {:6.3f}".format(*row))

# %% [markdown]
# Why must zero be exact? ReLU makes zeros: here, half of all activations. Convolutions pad with zeros. If 0 came back as
# 0.1, every border and every silent neuron would carry the same error, and same errors add up instead of cancelling.
#
# **Predict:** we skip the rounding of $z$, keep the codes whole, and run the network at several bits. What happens to
# its accuracy?


# %%
def observed_ranges(images: torch.Tensor) -> dict[int, tuple[float, float]]:
    """Calibrate by min-max: the range of what enters each layer, widened to include zero."""
    ranges = {}

    def observe(layer: int, x: torch.Tensor) -> torch.Tensor:
        ranges[layer] = (min(0.0, float(x.min())), max(0.0, float(x.max())))
        return x

    with torch.no_grad():
        forward(network, images, observe)
    return ranges


def on_grid(ranges: dict, bits: int, shift: float = 0.0):
    """Return an at_input that moves activations to their codes' values; shift moves zero, in steps."""

    def at_input(layer: int, x: torch.Tensor) -> torch.Tensor:
        low, high = ranges[layer]
        step = (high - low) / (2**bits - 1)
        zero = round(-low / step)
        offset = shift * step
        codes = ((x - offset) / step).round().add(zero).clamp(0, 2**bits - 1)
        return (codes - zero) * step + offset

    return at_input


ranges = observed_ranges(train_images[:500])
zeros = float(torch.cat([(entering[layer] == 0).float().flatten() for layer in range(1, 7)]).mean())
print(f"activations that are zero: {zeros:.0%}")
for bits in (8, 7, 6):
    exact, off = accuracy(network, on_grid(ranges, bits)), accuracy(network, on_grid(ranges, bits, shift=0.49))
    print(f"{bits} bits: zero exact {exact:.1%}, zero off by half a step {off:.1%}")

# %% [markdown]
# At 8 bits half a step hardly shows. At 6 bits it costs 30 points: half of all activations carry the same error.

# %% [markdown] statement="affine_parameters"
# ### Exercise: scale and zero-point
#
# Write `affine_parameters(low, high, bits, signed)`, which returns `(scale, zero_point)` for the real range from `low`
# to `high`.
#
# - Codes: $0 \ldots 2^b - 1$ if `signed` is `False`, $-2^{b-1} \ldots 2^{b-1} - 1$ if it is `True`; call the lowest
#   $q_\text{min}$. `bits` is 2 to 16.
# - First widen the range so that it contains 0. Then $s = (\text{high} - \text{low}) / (2^b - 1)$. If the widened range
#   is only the number 0, $s = 1$.
# - $z = q_\text{min} - \operatorname{round}(\text{low} / s)$, ties to even.
# - `scale` is a float (relative tolerance $10^{-9}$), `zero_point` an integer.
# - If `low > high` as given, or one of them is NaN or infinite, raise `ValueError`.
#
# Finite bounds have absolute values up to $10^{30}$, and no range is narrower than $10^{-30}$, unless it is the number 0.
# No test comes within 0.001 of a tie, except for exact ones, where $s$ is a power of 2.

# %% [markdown] hints="affine_parameters"
# <details><summary>Hint 1: the idea</summary>
#
# Check, widen, divide, round: four steps in this order. How many *steps* lie between 256 codes?
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `min`, `max`, `math.isfinite` or `np.isfinite`. Python's `round` and `np.rint` take ties to even.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You widened before you compared `low` with `high`. Or you forgot that signed codes start at −128, so that your
# zero-point lies outside them.
#
# </details>


# %% exercise="affine_parameters" minutes=10 difficulty=2 question="Q50"
def affine_parameters(low: float, high: float, bits: int, signed: bool) -> tuple[float, int]:
    """Scale and zero-point of an affine quantizer (Jacob et al., 2018).

    Args:
        low: lower end of the observed range.
        high: upper end.
        bits: 2 to 16.
        signed: whether the codes are signed.

    Returns:
        (scale, zero_point).

    Raises:
        ValueError: if low > high, or if a bound is not finite.
    """
    ### BEGIN SOLUTION
    if not (np.isfinite(low) and np.isfinite(high) and low <= high):
        raise ValueError(f"need finite bounds in order, got {low} and {high}")
    low, high = min(low, 0.0), max(high, 0.0)
    scale = (high - low) / (2**bits - 1) or 1.0
    lowest = -(2 ** (bits - 1)) if signed else 0
    return scale, lowest - round(low / scale)
    ### END SOLUTION


# %% test="affine_parameters" points=3
expect(affine_parameters, -1.0, 3.0, 3, False).close_to(
    (4 / 7, 2),
    rtol=1e-9,
    mistakes={
        "2**bits codes have one step less between them: divide by 2**bits - 1.": (0.5, 2),
        "The zero-point was cut off, not rounded: 1.75 becomes 2.": (4 / 7, 1),
        "The zero-point must be a whole number: only then is zero exact.": (4 / 7, 1.75),
        "The sign is wrong: zero lies above the lowest code.": (4 / 7, -2),
        "This is the symmetric scheme; the affine one uses all codes for the range.": (1.0, 0),
        "The scale is the width of one step, not the number of steps per unit.": (7 / 4, 2),
        "Scale first, then zero-point.": (2, 4 / 7),
    },
).satisfies(lambda v: isinstance(v[1], (int, np.integer)), "a zero-point that is an integer")
expect(affine_parameters, 1.0, 5.1, 8, True).close_to(
    (0.02, -128),
    rtol=1e-9,
    mistakes={
        "The range must contain zero: widen it to start at 0.": (4.1 / 255, -190),
        "The zero-point was limited to the codes, but the range was not widened: 5.1 no longer fits.": (
            4.1 / 255,
            -128,
        ),
        "Signed codes begin at -128: the zero-point is counted from there.": (0.02, 0),
    },
)
expect(affine_parameters, 2.0, 1.0, 8, False).raises(ValueError, cause="low > high is a mistake of the caller: say so.")
expect(affine_parameters, 0.0, float("nan"), 8, True).raises(
    ValueError, cause="A bound that is NaN or infinite must raise ValueError; NaN passes every comparison with <."
)
expect(affine_parameters, 0.0, 0.0, 8, False).close_to(
    (1.0, 0), rtol=1e-9, cause="If the range is only zero, the scale is 1: never divide by zero."
)
### BEGIN HIDDEN TESTS
expect(affine_parameters, -2.55, -1.0, 8, False).close_to(
    (0.01, 255),
    rtol=1e-9,
    cause="A range below zero is widened upwards: its upper end becomes 0.",
)
expect(affine_parameters, -2.55, -1.0, 8, True).close_to((0.01, 127), rtol=1e-9)
constant = "A range of one number that is not zero is widened to zero, like every other."
expect(affine_parameters, 5.1, 5.1, 8, False).close_to((0.02, 0), rtol=1e-9, cause=constant)
expect(affine_parameters, -5.1, -5.1, 8, True).close_to((0.02, 127), rtol=1e-9, cause=constant)
for bits, signed, zero in ((8, False, 0), (8, True, -128), (4, True, -8)):
    for bound in (0.0, -0.0):
        expect(affine_parameters, 0.0, bound, bits, signed).close_to(
            (1.0, zero), rtol=1e-9, cause="If the range is only zero, the scale is 1: never divide by zero."
        )
expect(affine_parameters, -1.5, 1.5, 2, False).close_to(
    (1.0, 2), rtol=1e-9, mistakes={"A tie goes to the even number: round(-1.5) is -2.": (1.0, 1)}
)
expect(affine_parameters, -0.5, 2.5, 2, False).close_to(
    (1.0, 0), rtol=1e-9, mistakes={"A tie goes to the even number: round(-0.5) is 0.": (1.0, 1)}
)
expect(affine_parameters, -2.5, 0.5, 2, True).close_to((1.0, 0), rtol=1e-9)
for low, high in ((3.0, -1.0), (-1.0, -2.0), (0.5, 0.25)):
    expect(affine_parameters, low, high, 8, False).raises(
        ValueError, cause="Compare low with high before you widen: afterwards every pair is in order."
    )
nan, inf = float("nan"), float("inf")
for low, high in ((nan, 1.0), (0.0, nan), (-inf, 1.0), (0.0, inf), (nan, nan), (-inf, inf)):
    expect(affine_parameters, low, high, 8, True).raises(
        ValueError, cause="A bound that is NaN or infinite must raise ValueError; NaN passes every comparison with <."
    )
rng = fresh_generator(502)
for _ in range(60):
    bits, signed = int(rng.integers(2, 17)), bool(rng.integers(0, 2))
    low, high = sorted((rng.normal(size=2) * 10.0 ** rng.integers(-6, 7)).tolist())
    wide = max(high, 0.0) - min(low, 0.0)
    steps = min(low, 0.0) * (2**bits - 1) / wide
    if abs(abs(steps) % 1 - 0.5) < 0.002:
        continue
    lowest = -(2**bits) // 2 if signed else 0
    expect(affine_parameters, low, high, bits, signed).close_to(
        (wide / (2**bits - 1), lowest - int(np.floor(steps + 0.5))),
        rtol=1e-9,
        mistakes={
            "The range must contain zero: widen it.": (
                (high - low) / (2**bits - 1),
                lowest - round(low / ((high - low) / (2**bits - 1))),
            ),
            "The zero-point was cut off, not rounded.": (wide / (2**bits - 1), lowest + int(-steps)),
        },
    ).satisfies(lambda v: isinstance(v[1], (int, np.integer)), "a zero-point that is an integer")
tiny, huge = 1e-30, 1e30
expect(affine_parameters, 0.0, tiny, 8, False).close_to((tiny / 255, 0), rtol=1e-9)
expect(affine_parameters, -huge, 0.0, 8, False).close_to((huge / 255, 255), rtol=1e-9)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. Rounding and saturation
#
# Two errors, of two kinds. Inside the range a value is off by at most half a step: **rounding**. Outside it is off by
# any amount: **saturation**. Fewer bits raise the first, a narrow range the second.
#
# **Predict.** Which of the three damaged photographs looks worst, and which has the largest root mean square error?

# %%
grey = cv2.imread("images/coffee.jpg", cv2.IMREAD_GRAYSCALE) / 255  # (200, 300), 0 to 1


def on_codes(x: np.ndarray, high: float, bits: int) -> np.ndarray:
    """Quantize to codes 0 to 2**bits - 1 over the range 0 to high, and go back."""
    codes = np.clip(np.rint(x / high * (2**bits - 1)), 0, 2**bits - 1)
    return codes * high / (2**bits - 1)


damaged = {
    "original": grey,
    "8 bits, range 0 to 1": on_codes(grey, 1.0, 8),
    "3 bits, range 0 to 1": on_codes(grey, 1.0, 3),
    "8 bits, range 0 to 0.5": on_codes(grey, 0.5, 8),
}
figure, axes = plt.subplots(1, 4, figsize=(12, 2.6))
for axis, (title, image) in zip(axes, damaged.items(), strict=True):
    error = np.sqrt(np.mean((image - grey) ** 2))
    axis.imshow(image, cmap="gray", vmin=0, vmax=1)
    axis.set(title=f"{title}\nerror {error:.4f}", xlabel="x (pixels)", ylabel="y (pixels)")
figure.tight_layout()
show(
    figure,
    "A grey photograph of a coffee cup four times. With 8 bits it equals the original. With 3 bits smooth areas show "
    "steps. With 8 bits over a range that ends at 0.5, everything bright is one flat grey, with the largest error.",
)

# %% [markdown]
# (8 bits give 0.0000 because the photograph itself has 8 bits.) Here saturation is worse, and more bits would not mend
# it. Section 5 shows when it is the better deal.
#
# Rounding mode matters too. Cutting the fraction off pulls every value towards zero. Rounding halves up pulls those that
# lie on halves, and data that was quantized before often does. NumPy, torch and ONNX round halves to even.
#
# **Predict** the last line: `codes` is uint8, and 73 is the zero-point.

# %%
halves = np.array([0.5, 1.5, 2.5, 3.5])
print("cut off:     ", halves.astype(int), "mean error", np.mean(halves.astype(int) - halves))
print("halves up:   ", np.floor(halves + 0.5), "mean error", np.mean(np.floor(halves + 0.5) - halves))
print("to even:     ", np.rint(halves), "mean error", np.mean(np.rint(halves) - halves))
codes = np.array([0, 72, 73, 255], np.uint8)
print("codes - 73:  ", codes - 73)

# %% [markdown]
# 72 − 73 is 255 in uint8: the value just below zero comes back as the largest. Widen before you subtract.

# %% [markdown] statement="quantize"
# ### Exercise: quantize
#
# Write `quantize(values, scale, zero_point, bits, signed)`, which returns the codes
# $\operatorname{clip}(\operatorname{round}(x / s) + z, q_\text{min}, q_\text{max})$.
#
# - `values` is a float32 or float64 array of any shape with at least one axis, also empty. `scale` is a positive float.
#   `bits` is 2 to 8; the codes' limits are those of the last exercise. `zero_point` is an `int` within them.
# - Ties go to even, **before** the zero-point is added. No test comes within 0.001 of a tie, except for
#   exact ones, where $s$ is a power of 2.
# - The result has the shape of `values`; dtype `int8` if `signed`, else `uint8`.
# - Whatever lies outside saturates, infinities and 1e30 too. If there is a NaN, raise `ValueError`.
# - `values` is left as it was.

# %% [markdown] hints="quantize"
# <details><summary>Hint 1: the idea</summary>
#
# Stay in floats until the value is inside the limits. The very last step changes the dtype.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `np.rint`, `np.clip`, `ndarray.astype`, `np.isnan(...).any()`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You convert to an integer before you clip: 1e30 and infinity have no integer, and 300 wraps in uint8. Or `bits` is 4,
# and you clip to what the dtype holds.
#
# </details>


# %% exercise="quantize" minutes=8 difficulty=2 question="Q50"
def quantize(values: np.ndarray, scale: float, zero_point: int, bits: int, signed: bool) -> np.ndarray:
    """Quantize with a given scale and zero-point.

    Args:
        values: float32 or float64, any shape.
        scale: width of a step, positive.
        zero_point: the code of 0.
        bits: 2 to 8.
        signed: whether the codes are signed.

    Returns:
        int8 (signed) or uint8 codes, same shape.

    Raises:
        ValueError: if a value is NaN.
    """
    ### BEGIN SOLUTION
    if np.isnan(values).any():
        raise ValueError("NaN has no code")
    lowest = -(2 ** (bits - 1)) if signed else 0
    codes = (np.rint(values / scale) + zero_point).clip(lowest, lowest + 2**bits - 1)
    return codes.astype(np.int8 if signed else np.uint8)
    ### END SOLUTION


# %% test="quantize" points=3
row = np.array([-1.0, -0.1, 0.0, 0.8, 3.0, 9.0, -7.0])
expect(quantize, row, 4 / 7, 2, 3, False).returns(
    np.array([0, 2, 2, 3, 7, 7, 0], np.uint8),
    mistakes={
        "9.0 lies outside: it must saturate at the highest code, 7.": np.array([0, 2, 2, 3, 7, 18, 246], np.uint8),
        "You clipped to what the dtype holds: with 3 bits the highest code is 7.": np.array(
            [0, 2, 2, 3, 7, 18, 0], np.uint8
        ),
        "You cut the fraction off: round to the nearest.": np.array([1, 2, 2, 3, 7, 7, 0], np.uint8),
        "You always rounded down: round to the nearest.": np.array([0, 1, 2, 3, 7, 7, 0], np.uint8),
        "The zero-point is missing: 0.0 has the code 2.": np.array([0, 0, 0, 1, 5, 7, 0], np.uint8),
        "You multiplied by the scale: divide.": np.array([1, 2, 2, 2, 4, 7, 0], np.uint8),
        "You clipped before the zero-point was added: add it first.": np.array([2, 2, 2, 3, 7, 9, 2], np.uint8),
        "These are the values of the codes: return the codes.": 4 / 7 * (np.array([0, 2, 2, 3, 7, 7, 0]) - 2),
        "The limits are those of signed codes.": np.array([0, 2, 2, 3, 3, 3, -4]),
        "Unsigned codes do not reach below 0.": np.array([0, 2, 2, 3, 7, 7, -4]),
    },
).has_dtype(np.uint8, cause="Unsigned codes are uint8.").leaves_arguments_alone()
expect(quantize, np.array([np.inf, -np.inf, 1e30]), 0.5, 0, 8, True).returns(
    np.array([127, -128, 127], np.int8),
    cause="Infinity and 1e30 saturate: clip while they are floats. astype of a float that does not fit is undefined.",
).has_dtype(np.int8, cause="Signed codes are int8.")
expect(quantize, np.array([1.0, np.nan]), 0.5, 0, 8, True).raises(
    ValueError, cause="NaN has no code: raise ValueError. clip lets it pass, and astype makes some integer of it."
)
expect(quantize, np.array([-0.75, -0.25, 0.25, 0.75, 1.25]), 0.5, 5, 8, True).returns(
    np.array([3, 5, 5, 7, 7], np.int8),
    mistakes={
        "Ties were rounded up: take them to even.": np.array([4, 5, 6, 7, 8], np.int8),
        "Ties were rounded away from zero: take them to even.": np.array([3, 4, 6, 7, 8], np.int8),
        "The zero-point was added before rounding: with an odd one, ties go the other way.": np.array(
            [4, 4, 6, 6, 8], np.int8
        ),
    },
    cause="Divide, round ties to even, add the zero-point, limit.",
)
### BEGIN HIDDEN TESTS
ties = np.arange(-7, 8) * 0.25  # odd multiples of half a step
even = [-4, -3, -2, -2, -2, -1, 0, 0, 0, 1, 2, 2, 2, 3, 4]
up = np.floor(np.arange(-7, 8) / 2 + 0.5).astype(int)
away = np.trunc(np.arange(-7, 8) / 2 + 0.5 * np.sign(np.arange(-7, 8))).astype(int)
for zero in (0, 5, -3):
    after = np.rint(np.arange(-7, 8) / 2 + zero).astype(np.int8)
    expect(quantize, ties, 0.5, zero, 8, True).returns(
        (np.array(even) + zero).astype(np.int8),
        mistakes={
            "Ties were rounded up: take them to even.": (up + zero).astype(np.int8),
            "Ties were rounded away from zero: take them to even.": (away + zero).astype(np.int8),
            "The zero-point was added before rounding: with an odd one, ties go the other way.": after,
        },
        cause="Divide, round ties to even, add the zero-point, limit.",
    )
limits = np.array([-1e30, -300.0, 300.0, 1e30, np.inf, -np.inf], np.float32)
for bits in range(2, 9):
    for signed in (False, True):
        lowest = -(2**bits) // 2 if signed else 0
        highest = lowest + 2**bits - 1
        expect(quantize, limits, 1.0, lowest, bits, signed).returns(
            np.array([lowest, lowest, highest, highest, highest, lowest]),
            cause=f"The codes of {bits} bits end at {lowest} and {highest}; whatever lies beyond saturates there.",
        ).has_dtype(np.int8 if signed else np.uint8)
rng = fresh_generator(503)
for shape, bits, signed, dtype in (
    ((7, 5), 8, False, np.float32),
    ((3, 1, 4), 8, True, np.float64),
    ((40,), 4, True, np.float32),
    ((1,), 5, False, np.float64),
):
    scale = float(rng.uniform(0.01, 3))
    lowest = -(2**bits) // 2 if signed else 0
    zero = int(rng.integers(lowest, lowest + 2**bits))
    steps = rng.uniform(-(2.0**bits), 2.0**bits, shape)
    steps = np.where(np.abs(steps - np.floor(steps) - 0.5) < 0.01, np.floor(steps), steps)
    values = (steps * scale).astype(dtype)
    right = [max(lowest, min(lowest + 2**bits - 1, int(np.floor(v + 0.5)) + zero)) for v in steps.ravel().tolist()]
    expect(quantize, values, scale, zero, bits, signed).returns(np.array(right).reshape(shape)).has_dtype(
        np.int8 if signed else np.uint8
    ).leaves_arguments_alone()
wide = np.linspace(-3.1, 3.1, 60).reshape(6, 10)
expect(quantize, wide[::2, 1::3], 0.13, 10, 6, False).returns(
    np.clip([[round(v / 0.13) + 10 for v in line] for line in wide[::2, 1::3].tolist()], 0, 63),
    cause="Wrong on a view of an array.",
)
expect(quantize, np.zeros((0, 4)), 1.0, 0, 8, False).has_shape((0, 4), cause="No values, no codes: keep the shape.")
expect(quantize, np.full((2, 2), np.nan, np.float32), 1.0, 0, 8, False).raises(ValueError, cause="NaN has no code.")
### END HIDDEN TESTS

# %% [markdown]
# ## 4. One scale or many
#
# Weights spread around zero, so one usually takes a **symmetric** map: zero-point 0 and codes from −127 to 127, with
# $s = \max|w| / 127$. One parameter less, and the integer product becomes cheaper (section 6).
#
# But the maximum of what? **Per tensor** means one scale for a layer. **Per channel** means one for each output channel.
# Here is the first depthwise layer of the real MobileNetV2, trained on ImageNet: 32 filters of nine weights.

# %%
mobilenet = {name: torch.from_numpy(array) for name, array in np.load("data/mobilenet_v2_layers.npz").items()}
depthwise = mobilenet["depthwise.weight"]  # (32, 1, 3, 3)
largest = depthwise.abs().amax(dim=(1, 2, 3))  # (32,)
step = float(largest.max() / 127)

figure, axis = plt.subplots(figsize=(8, 3.2))
order = largest.argsort()
axis.bar(range(32), largest[order], color="#0072B2")
place = order.tolist().index(22)
axis.bar(place, largest[22], color="#CC79A7", label="channel 22")
axis.axhline(step, color="#D55E00", lw=2, label=f"one step, if all share a scale: {step:.3f}")
axis.axhline(step / 2, color="#D55E00", ls=":", label="half a step: what lies below becomes 0")
axis.set(
    title="MobileNetV2, first depthwise layer: the largest weight of each channel",
    xlabel="channel (sorted)",
    ylabel="largest |weight| (log scale)",
    yscale="log",
)
axis.legend(fontsize=8)
show(
    figure,
    "Bars on a logarithmic axis, one for each of 32 channels, from 0.007 up to 15. Five bars stay below half a step of "
    "the shared scale, a sixth reaches just below one step. Channel 22, marked, reaches 0.8: about seven steps.",
)

# %% [markdown]
# The largest weight is 2,200 times that of the weakest channel. With one scale the step is 0.119: five channels become
# zero altogether, and one more can reach only three codes.
#
# **Predict.** Channel 22 has weights up to 0.80: it can reach seven steps either way. You run both layers on a photograph. Does it matter?

# %%
photo = cv2.imread("images/coffee.jpg")[:, :, ::-1] / np.float32(255)  # (200, 300, 3), RGB
photo = (photo - np.float32([0.485, 0.456, 0.406])) / np.float32([0.229, 0.224, 0.225])
x = torch.from_numpy(photo.transpose(2, 0, 1).copy())[None]  # (1, 3, 200, 300)
x = F.relu6(F.conv2d(x, mobilenet["conv.weight"], mobilenet["conv.bias"], stride=2, padding=1))  # (1, 32, 100, 150)
versions = {
    "float32": depthwise,
    "int8, per tensor": torch.round(depthwise / step) * step,
    "int8, per channel": torch.round(depthwise * 127 / largest[:, None, None, None])
    * largest[:, None, None, None]
    / 127,
}
results = {
    name: F.relu6(F.conv2d(x, weight, mobilenet["depthwise.bias"], padding=1, groups=32))[0, 22]  # (100, 150)
    for name, weight in versions.items()
}
reference = results.pop("float32")
figure, axes = plt.subplots(1, 3, figsize=(12, 2.7), layout="constrained")
shown = axes[0].imshow(reference, cmap="gray")
axes[0].set(title="Channel 22 in float32", xlabel="x (cells)", ylabel="y (cells)")
figure.colorbar(shown, ax=axes[0], label="activation (no unit)")
for axis, (name, result) in zip(axes[1:], results.items(), strict=True):
    error = (result - reference).abs()
    share = float(error.square().mean().sqrt() / reference.std())
    shown = axis.imshow(error, cmap="cividis", vmin=0, vmax=0.3)
    axis.set(title=f"Error of {name}:\n{share:.0%} of the contrast", xlabel="x (cells)", ylabel="y (cells)")
figure.colorbar(shown, ax=axes[1:], label="absolute error (no unit)")
show(
    figure,
    "Left: channel 22 of MobileNetV2's depthwise layer on the photograph of the cup, a relief of its edges. Middle: the "
    "error per tensor, 0.05 to 0.2, largest on the bright saucer, more than half of the contrast. Right: the error per channel, almost nothing.",
)

# %% [markdown]
# It does. The five silenced channels did no harm: on this photograph each gives a constant. Do not judge by weights
# alone; look at what comes out.

# %% [markdown] statement="quantize_per_channel"
# ### Exercise: a scale for every channel
#
# Write `quantize_per_channel(weights, bits)`, the symmetric quantizer of weights. It returns `(codes, scales)`.
#
# - `weights` is a float32 array `(O, ...)` with two to four axes, finite and not empty; axis 0 counts the output
#   channels. It may be a view. `bits` is 2 to 8.
# - With $n = 2^{b-1} - 1$, the scale of a channel is the largest absolute weight of this channel divided by $n$; for a
#   channel of zeros it is 1.
# - Codes: $\operatorname{round}(w / s)$, ties to even, from $-n$ to $n$ (so $-2^{b-1}$ is never used). dtype `int8`,
#   shape of `weights`. No test comes within 0.001 of a tie, except for exact ones, where $s$ is a power of 2.
# - `scales` has the shape `(O,)` and any float dtype; relative tolerance $10^{-6}$.
# - `weights` is left as it was.

# %% [markdown] hints="quantize_per_channel"
# <details><summary>Hint 1: the idea</summary>
#
# One maximum per output channel means: reduce over all axes but the first. Then every channel must meet its own scale.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `weights.reshape(len(weights), -1)` makes one row per channel, whatever the number of axes; or give `max` a tuple of axes
# and `keepdims`. `np.abs`, `np.where`, `np.rint`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `scales` of shape `(O,)` broadcasts along the *last* axis. If the two sizes agree, it does so without an error. And the
# largest weight of a channel may be negative.
#
# </details>


# %% exercise="quantize_per_channel" minutes=10 difficulty=3 question="Q50"
def quantize_per_channel(weights: np.ndarray, bits: int) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric quantization with one scale per output channel.

    Args:
        weights: (O, ...) float32, two to four axes.
        bits: 2 to 8.

    Returns:
        codes (O, ...) int8 and scales (O,).
    """
    ### BEGIN SOLUTION
    within = tuple(range(1, weights.ndim))  # all axes of one channel
    largest = np.abs(weights).max(axis=within, keepdims=True)  # (O, 1, ...)
    scales = np.where(largest > 0, largest / (2 ** (bits - 1) - 1), 1)
    return np.rint(weights / scales).astype(np.int8), scales.ravel()
    ### END SOLUTION


# %% test="quantize_per_channel" points=3
square = np.array([[7.0, 2.5, -0.6], [-70.0, 4.0, 36.0], [0.0, 0.0, 0.0]], np.float32)
expect(quantize_per_channel, square, 4).close_to(
    (np.array([[7, 2, -1], [-7, 0, 4], [0, 0, 0]], np.int8), np.array([1.0, 10.0, 1.0])),
    rtol=1e-6,
    mistakes={
        "This is one scale for the whole tensor.": (
            np.array([[1, 0, 0], [-7, 0, 4], [0, 0, 0]]),
            np.array([10.0, 10.0, 10.0]),
        ),
        "You took the maximum over the output channels: axis 0 must stay.": (
            np.array([[1, 4, 0], [-7, 7, 7], [0, 0, 0]]),
            np.array([10.0, 4 / 7, 36 / 7]),
        ),
        "The scales met the wrong axis: give them the shape (O, 1).": (
            np.array([[7, 0, -1], [-70, 0, 36], [0, 0, 0]]),
            np.array([1.0, 10.0, 1.0]),
        ),
        "The scales met the wrong axis, and clip hid the codes beyond n: give the scales the shape (O, 1).": (
            np.array([[7, 0, -1], [-7, 0, 7], [0, 0, 0]]),
            np.array([1.0, 10.0, 1.0]),
        ),
        "You took the maximum without the sign: |-70| is the largest of its channel.": (
            np.array([[7, 2, -1], [-14, 1, 7], [0, 0, 0]]),
            np.array([1.0, 36 / 7, 1.0]),
        ),
        "n is 2**(bits - 1) - 1: with 4 bits that is 7, not 8.": (
            np.array([[8, 3, -1], [-8, 0, 4], [0, 0, 0]]),
            np.array([0.875, 8.75, 1.0]),
        ),
        "You cut the fraction off: round to the nearest.": (
            np.array([[7, 2, 0], [-7, 0, 3], [0, 0, 0]]),
            np.array([1.0, 10.0, 1.0]),
        ),
        "Ties go to even: 2.5 steps become 2.": (
            np.array([[7, 3, -1], [-7, 0, 4], [0, 0, 0]]),
            np.array([1.0, 10.0, 1.0]),
        ),
        "The scale of a channel of zeros is 1.": (
            np.array([[7, 2, -1], [-7, 0, 4], [0, 0, 0]]),
            np.array([1.0, 10.0, 0.0]),
        ),
        "scales has the shape (O,).": (
            np.array([[7, 2, -1], [-7, 0, 4], [0, 0, 0]]),
            np.array([[1.0], [10.0], [1.0]]),
        ),
        "Return the codes first, then the scales.": (
            np.array([1.0, 10.0, 1.0]),
            np.array([[7, 2, -1], [-7, 0, 4], [0, 0, 0]]),
        ),
        "These are the values of the codes: return the codes.": (
            np.array([[7, 2, -1], [-70, 0, 40], [0, 0, 0]]),
            np.array([1.0, 10.0, 1.0]),
        ),
    },
    cause="One scale per row, the codes rounded with their own row's scale; a row of zeros has codes 0 and scale 1.",
).satisfies(lambda v: v[0].dtype == np.int8, "codes of dtype int8").leaves_arguments_alone()
filters = np.array([[[[7.0, 2.5], [-0.6, 1.0]]], [[[4.0, -70.0], [36.0, 0.0]]]], np.float32)  # (2, 1, 2, 2)
expect(quantize_per_channel, filters, 4).close_to(
    (np.array([[[[7, 2], [-1, 1]]], [[[0, -7], [4, 0]]]], np.int8), np.array([1.0, 10.0])),
    rtol=1e-6,
    cause="Every output channel has its own largest weight, whatever the number of axes.",
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(504)
for shape, bits in (((6, 6), 8), ((5, 3, 3, 3), 8), ((4, 1, 3, 3), 4), ((3, 7, 2), 3), ((1, 9), 2), ((8, 1), 6)):
    weights = (
        rng.normal(size=shape) * 10.0 ** rng.integers(-3, 2, shape[0]).reshape(-1, *[1] * (len(shape) - 1))
    ).astype(np.float32)
    n = 2 ** (bits - 1) - 1
    codes, scales = np.zeros(shape, int), np.zeros(shape[0])
    for channel in range(shape[0]):
        scales[channel] = max(abs(w) for w in weights[channel].ravel().tolist()) / n
        steps = weights[channel] / scales[channel]
        near = np.abs(np.abs(steps) % 1 - 0.5) < 0.005
        weights[channel] = np.where(near, np.float32(np.trunc(steps) * scales[channel]), weights[channel])
        steps = weights[channel] / scales[channel]
        codes[channel] = np.floor(steps + 0.5)
    expect(quantize_per_channel, weights, bits).close_to(
        (codes, scales),
        rtol=1e-6,
        cause="Every output channel has its own largest weight, whatever the number of axes.",
    ).satisfies(lambda v: v[0].dtype == np.int8, "codes of dtype int8").leaves_arguments_alone()
    turned = np.asfortranarray(weights)
    expect(quantize_per_channel, turned, bits).close_to(
        (codes, scales), rtol=1e-6, cause="Wrong on a view of an array."
    )
quiet = np.array([[0.0, 0.0], [-3.0, 1.5], [0.0, 1e-20]], np.float32)
expect(quantize_per_channel, quiet, 3).close_to(
    (np.array([[0, 0], [-3, 2], [0, 3]], np.int8), np.array([1.0, 1.0, 1e-20 / 3])),
    rtol=1e-6,
    mistakes={
        "A scale with an epsilon is another scale: only a channel of zeros gets 1.": (
            np.array([[0, 0], [-3, 2], [0, 0]]),
            np.array([1.0, 1.0, 1.0]),
        )
    },
    cause="Only a channel of zeros has the scale 1; very small weights have a very small one.",
)
ties = np.array([[7.0, 0.5, 1.5, -2.5, -3.5, 4.5]], np.float32)
expect(quantize_per_channel, ties, 4).close_to(
    (np.array([[7, 0, 2, -2, -4, 4]], np.int8), np.array([1.0])), rtol=1e-6, cause="Ties go to even."
)
### END HIDDEN TESTS

# %% [markdown]
# Now the whole network, weights only. **Predict:** at how many bits does it lose five points per tensor, and at how many
# per channel?


# %%
def weights_on_grid(parameters: dict, bits: int, per_channel: bool) -> dict:
    """Move every weight to its nearest code's value; biases stay."""
    n = 2 ** (bits - 1) - 1
    result = dict(parameters)
    for name, weight in parameters.items():
        if name.endswith("bias"):
            continue
        sizes = weight.detach().abs().flatten(1).amax(dim=1)  # (O,)
        sizes = sizes if per_channel else sizes.max().expand_as(sizes)
        zeros = torch.zeros(len(sizes), dtype=torch.int32)
        result[name] = torch.fake_quantize_per_channel_affine(weight, sizes / n, zeros, 0, -n, n)
    return result


widths = (8, 7, 6, 5, 4, 3)
curves = {
    name: [accuracy(weights_on_grid(network, bits, per_channel)) for bits in widths]
    for name, per_channel in {"per channel": True, "per tensor": False}.items()
}
figure, axis = plt.subplots(figsize=(7, 3.3))
for (name, line), style in zip(curves.items(), ("o-", "s--"), strict=True):
    axis.plot(widths, np.array(line) * 100, style, label=name)
    print(f"{name:12}", "  ".join(f"{bits} bits {share:.1%}" for bits, share in zip(widths, line, strict=True)))
axis.axhline(float_accuracy * 100, color="black", ls=":", label="float32")
axis.set(title="Quantized weights, float activations", xlabel="bits per weight", ylabel="test accuracy (%)")
axis.invert_xaxis()
axis.legend()
show(
    figure,
    "Accuracy over bits per weight, from 8 down to 3. Per channel stays at the float32 level down to 6 bits, loses three "
    "points at 4 and half of everything at 3. Per tensor falls from 6 bits on and is useless at 4.",
)

# %% [markdown]
# At 8 bits both are as good as float32. BatchNorm, folded in, multiplied every channel by a factor of its own;
# per-channel scales absorb that at the cost of one number per channel.

# %% [markdown]
# ## 5. Calibration: where to cut
#
# Weights are known. Activations depend on the picture, so their range must be guessed beforehand from sample pictures.
# That is **static** quantization, and the guessing is **calibration**. (**Dynamic** quantization takes the range of each
# batch as it comes: no calibration, but a pass over the data at every layer.)

# %% [markdown]
# - **Min-max** keeps everything. One outlier sets the step for all.
# - **Percentile** cuts the largest 0.1 %, say, and accepts their saturation.
# - **Entropy** tries every cut and keeps the one whose quantized histogram is most like the original.
#
# "Most like" is measured by the Kullback–Leibler divergence: $D = \sum P \ln(P/Q)$, zero when both agree.

# %% [markdown]
# A worked example. Six bins count activations: 4, 0, 2, 6, 3, 1. We keep four bins and have two codes.
#
# - $P$: the kept bins, with what lies beyond moved into the last: 4, 0, 2, 10. Saturation.
# - $Q$: two bins share a code. (4, 0) has only one bin that is not empty: 4, 0. (2, 6) becomes 4, 4. Rounding.
#
# Divided by their sums, 16 and 12: $D = 0.25 \ln 0.75 + 0.125 \ln 0.375 + 0.625 \ln 1.875 = 0.198$.

# %% [markdown] statement="clip_divergences"
# ### Exercise: the price of every cut
#
# Write `clip_divergences(counts, levels)`, which returns the divergence for every number of kept bins.
#
# - `counts` is a 1-D integer array of $n$ counts, none negative, at least one positive; `levels` is the number of codes,
#   1 to $n$. The result is a float array of shape `(n - levels + 1,)`: entry $j$ is for $K = \text{levels} + j$ kept bins.
# - $P$: the first $K$ counts, with all later counts added to bin $K - 1$.
# - $Q$: bin $i < K$ belongs to group `i * levels // K`. The first $K$ counts (*without* the later ones) of a group are
#   spread equally over those of its bins whose count is not 0. Bins with count 0 stay 0.
# - Both are divided by their sums. $D = \sum P \ln (P / Q)$, natural logarithm, over bins with $P > 0$.
# - If a bin has $P > 0$ and $Q = 0$, or if the first $K$ counts are all 0, then $D$ is infinity.
#
# Absolute tolerance $10^{-9}$. `counts` is left as it was; $n$ is at most 512. A loop over $K$ is fine.

# %% [markdown] hints="clip_divergences"
# <details><summary>Hint 1: the idea</summary>
#
# Write it for one $K$ first, and check it against the worked example. Two lines make $P$; three make $Q$: sums per
# group, numbers of occupied bins per group, and each occupied bin gets one divided by the other.
#
# </details>
# <details><summary>Hint 2: the function to look at</summary>
#
# `np.bincount(groups, weights=...)` sums per group; indexing with `groups` deals the result out again.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `p = counts[:K]` is a view: adding to its last bin changes the caller's array and every later $K$. Or you computed $Q$
# from $P$, outliers included: then no cut ever costs anything.
#
# </details>


# %% exercise="clip_divergences" minutes=20 difficulty=4 question="Q50"
def clip_divergences(counts: np.ndarray, levels: int) -> np.ndarray:
    """Kullback-Leibler divergence between a histogram and its clipped, quantized form (Migacz, 2017).

    Args:
        counts: (n,) integer histogram of activations.
        levels: number of codes, 1 to n.

    Returns:
        (n - levels + 1,) divergences in nats, for levels, levels + 1, ... n kept bins.
    """
    ### BEGIN SOLUTION
    divergences = np.full(len(counts) - levels + 1, np.inf)
    for kept in range(levels, len(counts) + 1):
        inside = counts[:kept]
        p = np.append(inside[:-1], counts[kept - 1 :].sum())  # (kept,)
        groups = np.arange(kept) * levels // kept  # (kept,)
        sums = np.bincount(groups, weights=inside)  # (levels,)
        occupied = np.bincount(groups, weights=inside > 0)  # (levels,)
        seen = inside > 0
        if seen[p > 0].all():
            q = sums[groups[seen]] / occupied[groups[seen]]
            p, q = p[seen] / p.sum(), q / q.sum()
            divergences[kept - levels] = (p * np.log(p / q)).sum()
    return divergences
    ### END SOLUTION


# %% test="clip_divergences" points=4
def divergence(p: list, q: list, logarithm=np.log) -> float:
    """Sum of p ln(p / q) of two histograms."""
    pairs = [(a / sum(p), b / sum(q)) for a, b in zip(p, q, strict=True) if a > 0]
    return float("inf") if any(b == 0 for _, b in pairs) else float(sum(a * logarithm(a / b) for a, b in pairs))


counts = np.array([4, 0, 2, 6, 3, 1])
pairs = [  # P and Q for 2, 3, ... 6 kept bins
    ([4, 12], [4, 0]),
    ([4, 0, 12], [4, 0, 2]),
    ([4, 0, 2, 10], [4, 0, 4, 4]),
    ([4, 0, 2, 6, 4], [3, 0, 3, 4.5, 4.5]),
    ([4, 0, 2, 6, 3, 1], [3, 0, 3, 10 / 3, 10 / 3, 10 / 3]),
]
expect(clip_divergences, counts, 2).close_to(
    np.array([divergence(p, q) for p, q in pairs]),
    atol=1e-9,
    mistakes={
        "The cut values are missing in P: add them to the last kept bin.": np.array(
            [divergence(counts[: k + 2].tolist(), q) for k, (_, q) in enumerate(pairs)]
        ),
        "Q was made from P: it must not know the cut values, or no cut costs anything.": np.array(
            [
                divergence([4, 12], [4, 12]),
                divergence([4, 0, 12], [4, 0, 12]),
                divergence([4, 0, 2, 10], [4, 0, 6, 6]),
                divergence([4, 0, 2, 6, 4], [3, 0, 3, 5, 5]),
                divergence(*pairs[4]),
            ]
        ),
        "Empty bins got a share: only bins with a count of their own share the group's.": np.array(
            [
                divergence(p, q)
                for (p, _), q in zip(
                    pairs,
                    ([4, 0], [2, 2, 2], [2, 2, 4, 4], [2, 2, 2, 4.5, 4.5], [2, 2, 2, 10 / 3, 10 / 3, 10 / 3]),
                    strict=True,
                )
            ]
        ),
        "Use the natural logarithm: this is in bits.": np.array([divergence(p, q, np.log2) for p, q in pairs]),
        "P and Q are exchanged.": np.array([divergence(q, p) for p, q in pairs]),
        "Divide P and Q by their sums first.": np.array(
            [
                np.inf
                if any(b == 0 < a for a, b in zip(p, q, strict=True))
                else sum(a * np.log(a / b) for a, b in zip(p, q, strict=True) if a > 0)
                for p, q in pairs
            ]
        ),
        "counts[:K] is a view: what you added to its last bin for P is in Q, and in counts. Copy it.": np.array(
            [
                divergence(p, q)
                for p, q in (
                    ([4, 12], [4, 12]),
                    ([4, 12, 12], [8, 8, 12]),
                    ([4, 12, 12, 10], [8, 8, 11, 11]),
                    ([4, 12, 12, 10, 4], [28 / 3, 28 / 3, 28 / 3, 7, 7]),
                    ([4, 12, 12, 10, 4, 1], [28 / 3, 28 / 3, 28 / 3, 5, 5, 5]),
                )
            ]
        ),
        "Groups of K // levels bins: 5 bins made three groups. Bin i belongs to i * levels // K.": np.array(
            [divergence(p, q) for p, q in [*pairs[:3], (pairs[3][0], [4, 0, 4, 4, 3]), pairs[4]]]
        ),
        "Groups of K // levels bins, the last one larger: bin i belongs to i * levels // K.": np.array(
            [divergence(p, q) for p, q in [*pairs[:3], (pairs[3][0], [4, 0, 11 / 3, 11 / 3, 11 / 3]), pairs[4]]]
        ),
        "The last entry keeps all n bins: range() ends one earlier.": np.array(
            [divergence(p, q) for p, q in pairs[:-1]]
        ),
    },
    cause="The worked example is entry 2. Where P > 0 and Q = 0, the divergence is infinite.",
).leaves_arguments_alone(cause="counts[:K] is a view: copy it before you add to its last bin.")


### BEGIN HIDDEN TESTS
def by_the_text(counts: np.ndarray, levels: int) -> np.ndarray:
    """The statement, slowly."""
    numbers, result = counts.tolist(), []
    for kept in range(levels, len(numbers) + 1):
        p = numbers[:kept]
        p[-1] += sum(numbers[kept:])
        groups = [[i for i in range(kept) if i * levels // kept == g] for g in range(levels)]
        q = [0.0] * kept
        for group in groups:
            used = [i for i in group if numbers[i] > 0]
            for i in used:
                q[i] = sum(numbers[j] for j in group) / len(used)
        result.append(divergence(p, q) if sum(q) > 0 else float("inf"))
    return np.array(result)


rng = fresh_generator(505)
for n, levels, sparse in ((1, 1, 0), (7, 1, 0), (9, 9, 3), (23, 5, 0), (40, 16, 2), (31, 7, 9), (20, 3, 20)):
    counts = rng.integers(0, 50, n) * (rng.random(n) > sparse / 30)
    counts[n // 2] += 5
    uneven = "When K is no multiple of levels, the groups differ in size: bin i belongs to i * levels // K."
    expect(clip_divergences, counts, levels).close_to(
        by_the_text(counts, levels), atol=1e-9, cause=uneven
    ).leaves_arguments_alone()
for late in (np.array([0, 0, 0, 0, 5, 2, 0, 0]), np.array([3, 2, 0, 0, 1])):
    expect(clip_divergences, late, 2).close_to(
        by_the_text(late, 2),
        atol=1e-9,
        cause="If the kept bins are all empty, or the last one is while later ones are not, the divergence is infinite.",
    )
long = rng.poisson(2000 * np.exp(-np.arange(160) / 25))
expect(clip_divergences, long, 32).has_shape((129,), cause="One entry for each K from levels to n.").close_to(
    by_the_text(long, 32), atol=1e-9
)
expect(clip_divergences, np.repeat(long, 2)[::2].astype(np.int32), 100).close_to(by_the_text(long, 100), atol=1e-9)
### END HIDDEN TESTS

# %% [markdown]
# Three calibrations of the same network, with 5-bit activations: few bits make the choice visible. The histograms leave
# exact zeros out, because a zero costs nothing. (With them, the peak at zero rules the divergence, the cut falls
# much too low, and the accuracy is 26 %.)
#
# **Predict** the order of the three accuracies. Without `clip_divergences`, the next cell shows only two.

# %%
BINS, BITS, COLOURS = 256, 5, ("#555555", "#0072B2", "#D55E00")
samples = {}
with torch.no_grad():
    forward(network, train_images[:250], lambda layer, x: samples.setdefault(layer, x))
clips = {
    "min-max": {layer: float(samples[layer].max()) for layer in range(1, 8)},  # layer 0 gets the picture: range known
    "percentile 99.9": {layer: float(np.percentile(samples[layer].numpy(), 99.9)) for layer in range(1, 8)},
}
try:
    by_entropy = {}
    for layer in range(1, 8):
        positive = samples[layer][samples[layer] > 0].numpy()
        counts, edges = np.histogram(positive, BINS, range=(0, positive.max()))
        by_entropy[layer] = float(edges[2**BITS + int(np.argmin(clip_divergences(counts, 2**BITS)))])
    clips["entropy"] = by_entropy
except NotImplementedError:
    print("Write clip_divergences, then run this cell again to see the third one.")

calibrated = {
    name: {0: ranges[0]} | {layer: (0.0, clip) for layer, clip in cuts.items()} for name, cuts in clips.items()
}
results = {name: accuracy(network, on_grid(chosen, BITS)) for name, chosen in calibrated.items()}
figure, (left, right) = plt.subplots(1, 2, figsize=(11, 3.3), width_ratios=(2, 1))
left.hist(samples[2][samples[2] > 0].numpy(), 200, color="0.6", log=True)
for (name, cuts), colour, style in zip(clips.items(), COLOURS, ("-", "--", "-."), strict=False):
    left.axvline(cuts[2], color=colour, ls=style, label=f"{name}: {cuts[2]:.1f}")
left.set(title="What enters layer 2, zeros left out", xlabel="activation (no unit)", ylabel="count (log scale)")
left.legend()
bars = right.bar(list(results), np.array(list(results.values())) * 100, color=COLOURS[: len(results)])
right.bar_label(bars, fmt="%.1f", label_type="center", color="white")
right.axhline(float_accuracy * 100, color="black", ls=":")
right.set(
    title=f"{BITS}-bit activations (dotted: float32)", xlabel="calibration", ylabel="test accuracy (%)", ylim=(0, 105)
)
right.tick_params(axis="x", labelsize=8)
figure.tight_layout()
show(
    figure,
    "Left: a histogram of activations on a logarithmic axis falls steeply and has a long tail; min-max cuts at its very "
    "end, percentile and entropy near the middle. Right: accuracy is about 64 percent with min-max and near 90 with the "
    "other two; float32 has 91.5.",
)
print("8 bits:", {name: f"{accuracy(network, on_grid(chosen, 8)):.1%}" for name, chosen in calibrated.items()})

# %% [markdown]
# At 5 bits the tail costs min-max more than 20 points; the other two are close. At 8 bits nothing matters. Try them and measure.

# %% [markdown]
# ## 6. Integers inside
#
# So far we only imitated int8 in floats. A real kernel multiplies codes. With $x = s_x (q_x - z_x)$ and $w = s_w q_w$:
#
# $$\sum_k x_k w_k = s_x s_w \underbrace{\sum_k (q_{x,k} - z_x)\, q_{w,k}}_{\text{int32 accumulator}}$$
#
# One product reaches $255 \cdot 127 = 32{,}385$. int16 ends at 32,767: it holds *one* product. int32 holds 66,311.

# %% [markdown]
# The bias joins as an int32 in units of $s_x s_w$. Then the accumulator $a$ becomes the 8-bit input of the next layer,
# which has its own scale $s_y$: $q_y = \operatorname{clip}(\operatorname{round}(M a) + z_y)$ with
# $M = s_x s_w / s_y$. This is **requantization**. With $z_y = 0$, the clip at 0 is ReLU for free.
#
# %% [markdown]
# By how much can it be wrong? If nothing saturates, $\hat x = x + e$ with $|e| \le s_x/2$, and $\hat w = w + f$ with $|f| \le s_w/2$:
#
# $$\Bigl|\sum \hat x \hat w - \sum x w\Bigr| \le \sum \Bigl(|w| \frac{s_x}{2} + |x| \frac{s_w}{2} + \frac{s_x s_w}{4}\Bigr)$$

# %% [markdown]
# **Predict:** the last layer sums 96 products. How far below the bound will real errors lie?

# %%
features = []
with torch.no_grad():
    forward(network, test_images[:1000], lambda layer, x: features.append(x.numpy()) or x)
x, w = features[7].astype(np.float64), network["7.weight"].numpy().astype(np.float64)  # (1000, 96), (10, 96)
s_x, s_w = x.max() / 255, np.abs(w).max(axis=1) / 127  # features are positive: zero-point 0
q_x, q_w = np.rint(x / s_x).astype(np.uint8), np.rint(w / s_w[:, None]).astype(np.int8)

accumulators = q_x.astype(np.int32) @ q_w.astype(np.int32).T  # (1000, 10) int32
dequantized = (q_x * s_x) @ (q_w * s_w[:, None]).T
print(
    "integers and dequantized floats differ by at most", f"{np.abs(accumulators * s_x * s_w - dequantized).max():.1e}"
)
error = np.abs(dequantized - x @ w.T)  # (1000, 10)
bound = np.abs(w).sum(axis=1) * s_x / 2 + np.abs(x).sum(axis=1)[:, None] * s_w / 2 + 96 * s_x * s_w / 4
print(f"largest error / bound: {(error / bound).max():.2f}; typical: {np.median(error / bound):.3f}")

cut_off = (np.trunc(x / s_x) * s_x) @ (np.trunc(w / s_w[:, None]) * s_w[:, None]).T
cut_error = np.abs(cut_off - x @ w.T)
print(f"fractions cut off instead: typical {np.median(cut_error / bound):.3f}")

figure, axis = plt.subplots(figsize=(7, 3.2))
axis.hist((error / bound).ravel(), 100, range=(0, 1), color="#0072B2", label="rounded")
axis.hist((cut_error / bound).ravel(), 100, range=(0, 1), histtype="step", lw=1.8, color="#D55E00", label="cut off")
axis.set(
    title="10,000 scores of the last layer in 8-bit integers",
    xlabel="absolute error / bound for rounding",
    ylabel="count",
    xlim=(0, 1),
)
axis.legend()
show(
    figure,
    "Two histograms of error divided by bound. With rounding nearly all of it lies below 0.1, the largest at 0.22. With the "
    "fractions cut off it spreads up to 0.6, with its middle near 0.2.",
)

# %% [markdown]
# The bound assumes that all 96 errors push the same way. They do not: random errors grow with $\sqrt{96}$, the bound
# with 96. Cut the fractions off, and the errors share a bias, because our weights are mostly negative: the median is
# about seven times larger.

# %% [markdown] statement="integer_linear"
# ### Exercise: a layer without a float
#
# Write `integer_linear(x, x_zero, weight, bias, multiplier, y_zero)`, a linear layer from 8-bit codes to 8-bit codes.
#
# - `x` is `(B, K)` `uint8` with zero-point `x_zero`; `weight` is `(O, K)` `int8` with zero-point 0; `bias` is `(O,)`
#   `int32`. `x_zero` and `y_zero` are `int` from 0 to 255.
# - Accumulators: $a_{bo} = \sum_k (x_{bk} - x_\text{zero})\, w_{ok} + \text{bias}_o$, exact. They, and all sums on the
#   way, fit into int32.
# - `multiplier` is `(O,)` `float64`, positive: one $M$ per output. Result: $M_o\, a_{bo}$, computed in float64, rounded
#   (ties to even), then plus `y_zero`, limited to 0 to 255.
# - It has the shape `(B, O)`, dtype `uint8`, and is exact. $K, O \ge 1$. $B$ may be 0.
# - The arrays may be views, and are left as they were.

# %% [markdown] hints="integer_linear"
# <details><summary>Hint 1: the idea</summary>
#
# Widen both factors, subtract, multiply matrices, add the bias: all in integers. One line in float64. Back to uint8.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `astype(np.int32)`, `@` with a transposed `weight`, `np.rint`, `np.clip`. `(B, O)` and `(O,)` broadcast as you need it.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `x - x_zero` in uint8 wraps, and so does `@` of int8 with int8. float32 is not wide enough either: it counts exactly
# only to 16,777,216.
#
# </details>


# %% exercise="integer_linear" minutes=12 difficulty=4 question="Q50"
def integer_linear(
    x: np.ndarray, x_zero: int, weight: np.ndarray, bias: np.ndarray, multiplier: np.ndarray, y_zero: int
) -> np.ndarray:
    """Linear layer on quantized data (Jacob et al., 2018, equations 4 to 7).

    Args:
        x: (B, K) uint8 codes.
        x_zero: zero-point of x.
        weight: (O, K) int8 codes, zero-point 0.
        bias: (O,) int32, in units of the accumulator.
        multiplier: (O,) float64, from accumulator to output steps.
        y_zero: zero-point of the result.

    Returns:
        (B, O) uint8 codes.
    """
    ### BEGIN SOLUTION
    accumulators = (x.astype(np.int32) - x_zero) @ weight.T + bias  # (B, O); int32 times int8 is int32
    codes = np.rint(accumulators * multiplier) + y_zero
    return codes.clip(0, 255).astype(np.uint8)
    ### END SOLUTION


# %% test="integer_linear" points=4
x = np.array([[10, 0, 30], [200, 10, 9]], np.uint8)  # minus 10: (0, -10, 20), (190, 0, -1)
weight = np.array([[1, 2, 3], [-100, 50, 127]], np.int8)
bias = np.array([5, -40], np.int32)
multiplier = np.array([0.5, 0.01])
# accumulators: (0 - 20 + 60 + 5, 0 - 500 + 2540 - 40), (190 + 0 - 3 + 5, -19000 + 0 - 127 - 40)
mistaken = {
    "x - x_zero wrapped in uint8: 0 - 10 became 246. Widen x first.": [[255, 168], [255, 153]],
    "x_zero was not subtracted.": [[72, 48], [146, 0]],
    "The bias is missing.": [[40, 40], [114, 0]],
    "y_zero is missing.": [[22, 20], [96, 0]],
    "The products were summed in 8 bits: accumulate in int32.": [[42, 20], [0, 20]],
    "Negative results must end at 0: yours wrapped.": [[42, 40], [116, 84]],
    "You applied the multipliers to the rows of x: each belongs to an output.": [[42, 255], [22, 0]],
    "Each output has its own multiplier: you used the first for all.": [[42, 255], [116, 0]],
    "22.5 is a tie and goes to 22: you rounded it up.": [[43, 40], [116, 0]],
    "ReLU was applied too early: 0 is the code 20 here.": [[42, 40], [116, 20]],
    "The bias was added after the multiplication: it is in units of the accumulator.": [[45, 0], [119, 0]],
    "The result has one row per row of x: yours is transposed.": [[42, 116], [40, 0]],
    "You divided by the multiplier.": [[110, 255], [255, 0]],
}
expect(integer_linear, x, 10, weight, bias, multiplier, 20).returns(
    np.array([[42, 40], [116, 0]], np.uint8),
    mistakes={message: np.array(codes, np.uint8) for message, codes in mistaken.items()},
).has_dtype(np.uint8, cause="The result is uint8 again: limit first, then convert.").leaves_arguments_alone()
expect(
    integer_linear,
    np.full((1, 3), 255, np.uint8),
    0,
    np.full((1, 3), 127, np.int8),
    np.array([9], np.int32),
    np.array([1e-3]),
    10,
).returns(
    np.array([[107]], np.uint8),
    mistakes={"The sums do not fit into int16: accumulate in int32.": np.array([[42]], np.uint8)},
    cause="The accumulator is 3 * 255 * 127 + 9 = 97,164: it needs int32.",
)


### BEGIN HIDDEN TESTS
def with_accumulator(x, x_zero, weight, bias, multiplier, y_zero, accumulator) -> np.ndarray:
    """The layer with its sums taken by ``accumulator``, an integer or float dtype."""
    total = (x.astype(np.int64) - x_zero) @ weight.astype(np.int64).T  # (B, O)
    total = (total.astype(accumulator) + bias.astype(accumulator)).astype(np.float64)
    return np.clip(np.rint(total * multiplier) + y_zero, 0, 255).astype(np.uint8)


ties = np.array([[0], [1], [2], [3], [4], [5], [6], [7]], np.uint8)
expect(integer_linear, ties, 3, np.array([[1]], np.int8), np.array([0], np.int32), np.array([0.5]), 7).returns(
    np.array([[5], [6], [7], [7], [7], [8], [9], [9]], np.uint8),
    mistakes={
        "y_zero was added before rounding: with an odd one, ties go the other way.": np.array(
            [[6], [6], [6], [7], [8], [8], [8], [9]], np.uint8
        ),
        "Ties were rounded up: take them to even.": np.array([[6], [6], [7], [7], [8], [8], [9], [9]], np.uint8),
        "You cut the fraction off: round to the nearest.": np.array([[6], [6], [7], [7], [7], [8], [8], [9]], np.uint8),
    },
    cause="Multiply in float64, round ties to even, add y_zero, limit.",
)
one = np.array([1.0])
full = np.full((1, 300), 255, np.uint8)
for sign, zero in ((127, 10), (-128, 200)):
    case = (full, 0, np.full((1, 300), sign, np.int8), np.array([9], np.int32), np.array([1e-5]), zero)
    expect(integer_linear, *case).returns(
        np.array([[round((300 * 255 * sign + 9) * 1e-5) + zero]], np.uint8),
        mistakes={"The sums do not fit into int16: accumulate in int32.": with_accumulator(*case, np.int16)},
        cause="300 products of 255 and 127 need int32.",
    )
odd = (np.array([[255] * 600 + [1]], np.uint8), 0, np.array([[127] * 600 + [1]], np.int8))
lots = 600 * 255 * 127
expect(integer_linear, *odd, np.array([-lots], np.int32), one, 3).returns(
    np.array([[4]], np.uint8),
    mistakes={"float32 counts exactly only to 16,777,216: accumulate in int32.": np.array([[3]], np.uint8)},
    cause="The sum must be exact: float32 is not wide enough.",
)
rng = fresh_generator(506)
for batch, inputs, outputs in ((5, 7, 3), (3, 64, 3), (1, 1, 1), (4, 500, 2), (0, 6, 2)):
    x = rng.integers(0, 256, (batch, inputs)).astype(np.uint8)
    weight = rng.integers(-128, 128, (outputs, inputs)).astype(np.int8)
    bias = rng.integers(-30_000, 30_000, outputs).astype(np.int32)
    x_zero, y_zero = int(rng.integers(0, 256)), int(rng.integers(0, 256))
    multiplier = rng.uniform(0.2, 3.0, outputs) * 100 / (inputs**0.5 * 11_000)
    right = np.zeros((batch, outputs), np.uint8)
    for b in range(batch):
        for o in range(outputs):
            pairs = zip(x[b].tolist(), weight[o].tolist(), strict=True)
            total = sum((code - x_zero) * w for code, w in pairs) + int(bias[o])
            right[b, o] = max(0, min(255, round(total * float(multiplier[o])) + y_zero))
    expect(integer_linear, x, x_zero, weight, bias, multiplier, y_zero).has_shape(
        (batch, outputs), cause="One row per row of x, one column per row of weight."
    ).returns(
        right,
        mistakes={
            "The multipliers met the wrong axis: each belongs to an output.": np.clip(
                np.rint(((x.astype(int) - x_zero) @ weight.astype(int).T + bias) * np.resize(multiplier, (batch, 1)))
                + y_zero,
                0,
                255,
            )
        },
    ).has_dtype(np.uint8).leaves_arguments_alone()
wide_x, wide_w = (
    np.repeat(x := rng.integers(0, 256, (4, 9)).astype(np.uint8), 2, axis=1),
    rng.integers(-128, 128, (9, 3)),
)
wide_w = wide_w.astype(np.int8)
zero_bias = np.zeros(3, np.int32)
expect(integer_linear, wide_x[:, ::2], 100, wide_w.T, zero_bias, np.full(3, 0.004), 128).returns(
    with_accumulator(x, 100, wide_w.T, zero_bias, np.full(3, 0.004), 128, np.int64),
    cause="Wrong on a view of an array.",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Measure it: size and speed
#
# Size first: bytes of all weights, with their scales where they have any; biases stay in 32 bits.

# %%
weights = {name: value for name, value in network.items() if name.endswith("weight")}
count = sum(value.numel() for value in weights.values())
channels = sum(len(value) for value in weights.values())  # one scale and one bias each
for name, bits, scales in (("float32", 32, 0), ("FP16 or BF16", 16, 0), ("int8, per channel", 8, 1), ("int4", 4, 1)):
    size = count * bits / 8 + channels * 4 + scales * channels * 4
    print(f"{name:18} {size:8,.0f} bytes   {(count + channels) * 4 / size:.2f} times smaller")

# %% [markdown]
# Always smaller, though never quite four times: scales and biases stay, and in a small network they count.
#
# Now speed. torch has integer kernels for the CPU. torch 2.13 calls this interface deprecated; torchao is to replace it.
# Each *engine* is a library of kernels. **Predict** for one picture, and for a batch of
# 250: is int8 faster than float32? Is FP16?

# %%
warnings.filterwarnings("ignore", message=".*deprecated.*")


def best_ms(function, argument) -> float:
    """Milliseconds of processor time that the fastest call took, within 0.2 s: the others were disturbed."""
    times = []
    while sum(times) < 0.2:
        start = time.process_time()
        function(argument)
        times.append(time.process_time() - start)
    return min(times) * 1e3


def cast(dtype: torch.dtype):
    """Return the network with all numbers of a float format."""
    parameters = {name: value.to(dtype) for name, value in network.items()}
    return lambda images: forward(parameters, images.to(dtype)).float()


def grid_of(x: torch.Tensor) -> tuple[float, int]:
    """Scale and zero-point for uint8, by min-max."""
    low, high = min(0.0, float(x.min())), max(0.0, float(x.max()))
    return (high - low) / 255, round(-low / (high - low) * 255)


def codes_of(weight: torch.Tensor) -> torch.Tensor:
    """Quantize weights to int8, one scale per output channel."""
    scales = weight.abs().flatten(1).amax(dim=1).double() / 127
    return torch.quantize_per_channel(weight, scales, torch.zeros(len(scales)).long(), 0, torch.qint8)


def in_integers(engine: str):
    """Return the network in 8-bit integers, on the kernels of one engine."""
    torch.backends.quantized.engine = engine
    x = train_images[:500]  # goes through in float32, to calibrate
    grids, packed = [grid_of(x)], []
    for layer, stride in enumerate(STRIDES):
        weight, bias = network[f"{layer}.weight"], network[f"{layer}.bias"]
        pad, groups = weight.shape[-1] // 2, x.shape[1] // weight.shape[1]
        geometry = ([stride, stride], [pad, pad], [1, 1], groups)
        packed.append(torch.ops.quantized.conv2d_prepack(codes_of(weight), bias, *geometry))
        x = F.relu(F.conv2d(x, weight, bias, stride, pad, groups=groups))
        grids.append(grid_of(x))
    weight, bias = network["7.weight"], network["7.bias"]
    last = torch.ops.quantized.linear_prepack(codes_of(weight), bias)
    last_grid = grid_of(F.linear(x.mean(dim=(2, 3)), weight, bias))

    def run(images: torch.Tensor) -> torch.Tensor:
        torch.backends.quantized.engine = engine
        x = torch.quantize_per_tensor(images, *grids[0], torch.quint8)
        for layer in range(7):
            x = torch.ops.quantized.conv2d_relu(x, packed[layer], *grids[layer + 1])
        return torch.ops.quantized.linear(x.mean(dim=(2, 3)), last, *last_grid).dequantize()

    return run


with torch.no_grad():
    usual = torch.backends.quantized.engine
    forms = {"float32": cast(torch.float32), "BF16": cast(torch.bfloat16), "FP16": cast(torch.float16)}
    for engine in dict.fromkeys((usual, "qnnpack")):
        if engine in torch.backends.quantized.supported_engines:
            forms[f"int8 ({engine})"] = in_integers(engine)
    rows = {}
    for name, run in forms.items():
        right = torch.cat([run(x).argmax(dim=1) for x in test_images[:500].split(250)]) == test_labels[:500]
        rows[name] = (best_ms(run, test_images[:1]), best_ms(run, test_images[:250]) / 250)
        print(f"{name:15} one {rows[name][0]:7.3f} ms   in 250 {rows[name][1]:7.4f} ms a picture", end="   ")
        print(f"accuracy on 500: {float(right.float().mean()):.1%}")
    torch.backends.quantized.engine = usual

figure, axes = plt.subplots(1, 2, figsize=(11, 3), sharex=True, sharey=True)
for axis, column, title in zip(axes, (0, 1), ("one picture at a time", "in batches of 250"), strict=True):
    times = [row[column] * 1e3 for row in rows.values()]
    axis.plot(times, list(rows), "o", color="#0072B2")
    for name, value in zip(rows, times, strict=True):
        axis.annotate(f"{value:.0f}", (value, name), xytext=(7, 0), textcoords="offset points", va="center")
    axis.grid(axis="y", alpha=0.4)
    axis.set(title=title, xlabel="time per picture (microseconds, log scale)", xscale="log", xlim=(10, 30_000))
axes[0].set_ylim(len(rows) - 0.5, -0.5)
axes[0].set_ylabel("numbers (kernels)")
figure.tight_layout()
show(
    figure,
    "Dots for the time per picture on a logarithmic axis, for float32, BF16, FP16 and int8 on this machine's engines; the "
    "table above holds the numbers. FP16 is slowest by far. Which is fastest differs between one picture and a batch.",
)

# %% [markdown]
# When this page was made, with one thread of an x86 processor that has instructions for int8 and BF16 but not for FP16
# arithmetic, there were surprises:
#
# - The engine `x86` was more than twice as fast in batches, and *slower* than float32 for one picture: there, work
#   around the products costs more than they save. BF16 likewise: faster in batches, slower for one.
# - Another engine, with the same codes: slower than float32 in batches.
# - FP16 took about eight times as long as float32 for one picture, over twenty times in batches. On a GPU it is fast.
#
# Measure on the device that will run it.

# %% [markdown]
# ## 8. Training through the rounding
#
# At 4 bits, even per channel, rounding after training costs accuracy. **Quantization-aware training** (QAT) rounds
# *during* training, so that the network learns to live on the grid.
#
# One obstacle: the derivative of rounding is zero almost everywhere, so no gradient arrives. The **straight-through
# estimator** (STE) pretends in the backward pass that rounding was the identity, and only stops the gradient where the
# value was saturated: there, a small change really changes nothing.

# %%
x = torch.tensor([-3.0, -0.4, 0.3, 0.9, 5.0], requires_grad=True)
torch.round(x).sum().backward()
print("gradient of round:         ", x.grad)
x.grad = None
torch.fake_quantize_per_tensor_affine(x, 0.5, 2, 0, 7).sum().backward()
print("gradient of torch's version:", x.grad)

# %% [markdown] statement="fake_quantize"
# ### Exercise: round forward, straight through backward
#
# Write `fake_quantize(x, upstream, scale, zero_point, lowest, highest)`, which returns `(value, gradient)`.
#
# - `x` and `upstream` are float32 tensors of one shape, any number of axes, finite, without gradients attached; they may
#   be empty. `scale` is a positive float; `zero_point`, `lowest` and `highest` are `int`, `lowest < highest`; `zero_point` lies within them.
# - With $c = \operatorname{round}(x / s) + z$ (ties to even), `value` is $s\,(\operatorname{clip}(c, \text{lowest},
#   \text{highest}) - z)$: floats on the grid.
# - `upstream` is the gradient of the loss with respect to `value`. `gradient` is the STE's gradient with respect to `x`:
#   `upstream` where $\text{lowest} \le c \le \text{highest}$, and 0 elsewhere. $c$ is judged after rounding.
# - Both are float32 tensors of the shape of `x`. `value` may be off by $10^{-6}$ relative plus $10^{-6}$, `gradient` is
#   exact. `x` and `upstream` are left as they were. No test comes within 0.001 of a tie, except
#   for exact ones, where $s$ is a power of 2.

# %% [markdown] hints="fake_quantize"
# <details><summary>Hint 1: the idea</summary>
#
# Compute $c$ once. Clipped, it gives the value; compared with the limits, it gives a mask. There is no autograd in it.
#
# </details>
# <details><summary>Hint 2: the functions to look at</summary>
#
# `torch.round`, `torch.clamp`, `torch.where`. With autograd instead: torch has this very function, with its gradient.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# You compare with `<` and lose the outermost codes, or you compare `x` with the outermost *values*: what lies up to half
# a step beyond them still rounds to them.
#
# </details>


# %% exercise="fake_quantize" minutes=10 difficulty=3 question="Q50"
def fake_quantize(
    x: torch.Tensor, upstream: torch.Tensor, scale: float, zero_point: int, lowest: int, highest: int
) -> tuple[torch.Tensor, torch.Tensor]:
    """Quantize and dequantize, with the gradient of the straight-through estimator (Bengio et al., 2013).

    Args:
        x: any shape, float32.
        upstream: gradient of the loss with respect to the value, same shape.
        scale: width of a step.
        zero_point: the code of 0.
        lowest: lowest code.
        highest: highest code.

    Returns:
        (value, gradient), float32 tensors of the same shape.
    """
    ### BEGIN SOLUTION
    codes = torch.round(x / scale) + zero_point
    clipped = codes.clamp(lowest, highest)
    return (clipped - zero_point) * scale, upstream * (codes == clipped)
    ### END SOLUTION


# %% test="fake_quantize" points=3
x = torch.tensor([-2.0, -1.2, -0.9, 0.1, 0.25, 2.7, 2.8, 9.0])
upstream = torch.tensor([1.0, -2.0, 3.0, -4.0, 5.0, -6.0, 7.0, -8.0])
on_the_grid = torch.tensor([-1.0, -1.0, -1.0, 0.0, 0.0, 2.5, 2.5, 2.5])
passed = torch.tensor([0.0, -2.0, 3.0, -4.0, 5.0, -6.0, 0.0, 0.0])
mistaken = {
    "This is the true gradient of rounding, zero everywhere: the straight-through estimator passes it on.": (
        on_the_grid,
        torch.zeros(8),
    ),
    "The gradient must stop where the value saturates.": (on_the_grid, upstream),
    "The mask lacks upstream.": (on_the_grid, (passed != 0).float()),
    "You lost the outermost codes: they are inside (use <=).": (
        on_the_grid,
        torch.tensor([0.0, 0.0, 0.0, -4.0, 5.0, 0.0, 0.0, 0.0]),
    ),
    "You judged x before rounding: -1.2 rounds to the lowest code, so it is inside.": (
        on_the_grid,
        torch.tensor([0.0, 0.0, 3.0, -4.0, 5.0, 0.0, 0.0, 0.0]),
    ),
    "The gradient was divided by the scale: round(x / s) * s has slope 1.": (on_the_grid, passed * 2),
    "The gradient was multiplied by the scale: round(x / s) * s has slope 1.": (on_the_grid, passed / 2),
    "Values outside must saturate.": (torch.tensor([-2.0, -1.0, -1.0, 0.0, 0.0, 2.5, 3.0, 9.0]), passed),
    "These are codes: go back to values.": (torch.tensor([0.0, 0.0, 0.0, 2.0, 2.0, 7.0, 7.0, 7.0]), passed),
    "The zero-point was not subtracted again.": (on_the_grid + 1.0, passed),
    "The zero-point is missing: the codes 0 to 7 stand for -1 to 2.5.": (
        torch.tensor([0.0, 0.0, 0.0, 0.0, 0.0, 2.5, 3.0, 3.5]),
        torch.tensor([0.0, 0.0, 0.0, -4.0, 5.0, -6.0, 7.0, 0.0]),
    ),
    "0.25 is a tie and goes to 0: round ties to even.": (
        torch.tensor([-1.0, -1.0, -1.0, 0.0, 0.5, 2.5, 2.5, 2.5]),
        passed,
    ),
    "Return the value first, then the gradient.": (passed, on_the_grid),
}
expect(fake_quantize, x, upstream, 0.5, 2, 0, 7).close_to(
    (on_the_grid, passed),
    rtol=1e-6,
    atol=1e-6,
    mistakes=mistaken,
    cause="value: the nearest of -1, -0.5, ... 2.5. gradient: upstream, but 0 where the code lies outside 0 to 7.",
).satisfies(
    lambda v: all(isinstance(part, torch.Tensor) and part.dtype == torch.float32 for part in v),
    "two float32 tensors",
    cause="Both parts are float32 tensors.",
).leaves_arguments_alone()
### BEGIN HIDDEN TESTS
rng = fresh_generator(507)
for shape, lowest, highest in (((6, 5), 0, 255), ((40,), -8, 7), ((2, 3, 4), -127, 127), ((1,), 0, 1), ((9, 1), -3, 4)):
    scale, zero = float(rng.uniform(0.05, 2.0)), int(rng.integers(lowest, highest + 1))
    steps = rng.uniform(1.5 * (lowest - zero) - 3, 1.5 * (highest - zero) + 3, shape)
    steps = np.where(np.abs(steps - np.floor(steps) - 0.5) < 0.01, np.floor(steps), steps)
    x = torch.from_numpy((steps * scale).astype(np.float32))
    upstream = torch.from_numpy(rng.normal(size=shape).astype(np.float32))
    tracked = x.clone().requires_grad_()
    value = torch.fake_quantize_per_tensor_affine(tracked, scale, zero, lowest, highest)
    value.backward(upstream)
    expect(fake_quantize, x, upstream, scale, zero, lowest, highest).close_to(
        (value.detach(), tracked.grad),
        rtol=1e-6,
        atol=1e-6,
        mistakes={"The gradient must stop where the value saturates.": (value.detach(), upstream)},
    ).leaves_arguments_alone()
    expect(fake_quantize, x, upstream, scale, zero, lowest, highest).satisfies(
        lambda v, exact=tracked.grad: torch.equal(torch.as_tensor(v[1]), exact), "exactly the gradient of upstream or 0"
    )
edge = torch.tensor([-4.5, -4.4, -3.5, 3.5, 4.4, 4.5, 5.5])
expect(fake_quantize, edge, torch.ones(7), 1.0, 1, -3, 5).close_to(
    (torch.tensor([-4.0, -4.0, -4.0, 4.0, 4.0, 4.0, 4.0]), torch.tensor([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0])),
    rtol=1e-6,
    atol=1e-6,
    cause="Up to half a step beyond the outermost value still rounds to it: c is judged after rounding, ties to even.",
)
expect(fake_quantize, torch.zeros(0, 3), torch.zeros(0, 3), 1.0, 0, 0, 7).close_to(
    (torch.zeros(0, 3), torch.zeros(0, 3)), cause="Empty tensors give empty tensors of the same shape."
)
expect(
    fake_quantize, torch.tensor([[0.6, 1.6], [2.6, 70.0]]).T, torch.tensor([[1.0, 2.0], [3.0, 4.0]]), 1.0, 0, 0, 9
).close_to((torch.tensor([[1.0, 3.0], [2.0, 9.0]]), torch.tensor([[1.0, 2.0], [3.0, 0.0]])), rtol=1e-6, atol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# Now QAT of the network: 4-bit weights, float activations, 2,000 pictures, three passes. The float weights are kept and
# trained; each step rounds a copy. Afterwards only the codes are stored.
#
# **Predict.** Started per tensor, the network has 33 %. Where does training bring it: to 91, or does the grid still
# matter?


# %%
def train_on_grid(per_channel: bool, passes: int = 3) -> list[float]:
    """Fine-tune with 4-bit weights; returns the quantized network's accuracy before and after each pass."""
    torch.manual_seed(0)
    parameters = {name: value.clone().requires_grad_() for name, value in network.items()}
    optimiser = torch.optim.Adam(parameters.values(), lr=2e-3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 2e-3, total_steps=40 * passes)
    scores = [accuracy(weights_on_grid(parameters, 4, per_channel))]
    for _ in range(passes):
        for chosen in torch.randperm(2000).split(50):
            rounded = weights_on_grid(parameters, 4, per_channel)  # new scales in every step
            loss = F.cross_entropy(forward(rounded, train_images[chosen]), train_labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
        scores.append(accuracy(weights_on_grid(parameters, 4, per_channel)))
    return scores


trained = {"per channel": train_on_grid(True), "per tensor": train_on_grid(False)}
figure, axis = plt.subplots(figsize=(7, 3.3))
for (name, line), style in zip(trained.items(), ("o-", "s--"), strict=True):
    axis.plot(range(len(line)), np.array(line) * 100, style, label=f"4-bit weights, {name}")
    print(f"{name:12}", "  ".join(f"{share:.1%}" for share in line))
axis.axhline(float_accuracy * 100, color="black", ls=":", label="float32")
axis.set(
    title="Quantization-aware training",
    xlabel="passes over 2,000 training pictures",
    ylabel="test accuracy (%)",
    xticks=range(4),
    ylim=(0, 100),
)
axis.legend(loc="lower right")
show(
    figure,
    "Accuracy over passes of training with 4-bit weights. Per channel rises from 88 to about 90 percent, close to the "
    "float32 line. Per tensor climbs from 33 to about 78 and stays well below.",
)

# %% [markdown]
# QAT wins back most of what 4 bits lost per channel, and over 40 points per tensor. Yet it does not mend a poor grid.
# Choose the grid first; train second, and only if you must: it needs data, labels and time.

# %% [markdown]
# ## 9. Where it breaks: calibrated on other pictures
#
# A team calibrates on pictures scaled to 0..1, and forgets the normalisation that the service applies. The float network
# never sees the mistake. **Predict** the int8 accuracy: 91 %, a little less, or a ruin?

# %%
tables = {
    "right pictures": ranges,
    "sandals only": observed_ranges(train_images[train_labels == 5][:100]),
    "not normalised": observed_ranges(train_images[:500] * STD + MEAN),  # 0 to 1
}
shirt = test_images[test_labels == 6][1:2]  # (1, 1, 28, 28)
figure, axes = plt.subplots(1, 3, figsize=(9, 3.2), layout="constrained")
for axis, (name, table) in zip(axes, tables.items(), strict=True):
    at_input = on_grid(table, 8)
    low, high = table[0]
    outside = float(((test_images < low) | (test_images > high)).float().mean())
    shown = axis.imshow(at_input(0, shirt)[0, 0], cmap="gray", vmin=shirt.min(), vmax=shirt.max())
    axis.set(title=f"{name}\naccuracy {accuracy(network, at_input):.1%}", xlabel="x (pixels)", ylabel="y (pixels)")
    print(f"{name:15} range {low:5.2f} to {high:.2f}, of all test pixels {outside:.0%} lie outside")
figure.colorbar(shown, ax=axes, label="input (normalised)")


def dynamic(layer: int, x: torch.Tensor) -> torch.Tensor:
    """Take the range of each batch as it comes."""
    return on_grid({layer: (min(0.0, float(x.min())), max(0.0, float(x.max())))}, 8)(layer, x)


print(f"dynamic: accuracy {accuracy(network, dynamic):.1%}")
show(
    figure,
    "A shirt as the first layer gets it in 8 bits, for three calibrations. With the right pictures and with sandals only it "
    "looks normal, and the accuracy is above 91 percent. Calibrated without normalisation the black background is grey, "
    "bright parts are flat, and the accuracy is about 15 percent.",
)

# %% [markdown]
# A ruin: everything darker than 0 became 0, everything brighter than 1 became 1. Yet sandals alone were enough: here the
# ranges depend on preprocessing, hardly on what is seen. Do not trust that for your data; measure it.
#
# The mend: calibrate with the very function that serves. And count in production what saturates: no alarm is cheaper.
# Dynamic quantization, which has no calibration, survives with 91.5 %.

# %% [markdown] statement="strong_answer"
# ### Exercise: your answer
#
# *"What is quantization, and what does it cost?"* Answer as in the interview, in 130 to 220 words, no code. A person grades
# it, or you do, against the model answer. An item earns 1 point if all its parts are right, 0.5 if at least half are:
#
# 1. a cast (FP16 against BF16: what each gives up) and the affine map with scale and zero-point; why zero must be exact
#    **(1 point)**
# 2. symmetric or affine, per tensor or per channel, and when it matters; rounding against saturation **(1 point)**
# 3. static against dynamic; how to calibrate, with one trap of calibration **(1 point)**
# 4. the integer product: accumulator, bias, requantization **(1 point)**
# 5. what you get: size, speed, accuracy, and what QAT with a straight-through estimator adds; with one number that you
#    measured **(1 point)**

# %% [markdown] written="strong_answer" points=5 minutes=15 difficulty=3 question="Q50"
# Quantization stores and computes with fewer bits. FP16 and BF16 are casts: FP16 keeps ten mantissa bits but a small
# range, so small gradients vanish; BF16 keeps float32's range with seven. INT8 is an affine map: x is about scale times
# (code minus zero-point). The zero-point is a whole number, so that zero, which padding and ReLU produce all the time, is
# exact.
#
# Weights usually get symmetric scales, one per output channel, because a single outlier channel would set the step for
# all. Activations are affine: static ranges come from calibration, dynamic ones from each batch. A wide range costs
# rounding, a narrow one saturation; percentile or entropy cut the tail. Calibrate with the preprocessing that serves:
# without it, my 91 % fell to 15 %.
#
# Kernels multiply codes into int32 accumulators, add an int32 bias, and requantize to the next layer's scale.
#
# It is always smaller, 3.4 times for my small network. It is faster only where kernels exist: on my CPU int8 was about
# twice as fast in batches, slower for one picture, and FP16 many times slower than float32. At 8 bits I lost nothing measurable; at 4 bits
# three points, of which QAT, rounding forward and passing gradients straight through, won back most.

# %% [markdown]
# ## Follow-up questions
#
# <details><summary>What was wrong with the answer at the top?</summary>
#
# (1) A cast and an affine map are not the same idea. (2) Weights alone do not make a layer fast: activations must be
# integers too. (3) "The largest value" of what: tensor or channel? With or without its tail? (4) Four times faster only
# where kernels exist. (5) The loss is zero or everything, depending on grid and calibration. (6) Before you retrain,
# change the scales.
#
# </details>
# <details><summary>Why are weights symmetric and activations not?</summary>
#
# After ReLU, activations have one sign: a symmetric grid would waste half its codes. A zero-point of the *weights* would
# add the term $z_w \sum_k q_{x,k}$, which depends on the input. That of the activations adds $z_x \sum_k q_{w,k}$: known
# beforehand, so it is folded into the bias.
#
# </details>
# <details><summary>The kernel has no floats. How does it multiply by M?</summary>
#
# As an integer and a shift: $M = M_0 \cdot 2^{-n}$ with $M_0$ in 32-bit fixed point (Jacob et al.).
#
# </details>

# %% [markdown]
# <details><summary>Same int8 model, other results on an old CPU. Why?</summary>
#
# Without VNNI, instructions for sums of 8-bit products, x86 kernels add pairs of products in *int16*, which saturates:
# $2 \cdot 255 \cdot 127 > 32{,}767$. The usual mend is `reduce_range`: 7 bits for one factor.
#
# </details>
# <details><summary>What would you leave in float?</summary>
#
# What is cheap and sensitive, often the first and last layer, softmax and normalisation. Quantize one layer at a time,
# measure the accuracy, and sort the layers by what they cost.
#
# </details>

# %% [markdown]
# ## Take-away
#
# - You rounded to BF16 by its bits, and saw a fifth of the non-zero activation gradients vanish in FP16.
# - You derived scale and zero-point, with an exact zero, ties to even, and saturation while values were still floats.
# - You saw one outlier channel ruin a shared scale, and one long tail ruin min-max.
# - You computed a layer in integers, far inside its error bound.
# - You measured: smaller always, faster only with kernels, ruined by a forgotten normalisation, repaired in part by QAT.

# %% [markdown]
# **Sources.** B. Jacob et al., "Quantization and Training of Neural Networks for Efficient Integer-Arithmetic-Only
# Inference", CVPR 2018 · R. Krishnamoorthi, "Quantizing deep convolutional networks for efficient inference", 2018 · S.
# Migacz, "8-bit Inference with TensorRT", GTC 2017 · M. Nagel et al., "A White Paper on Neural Network Quantization", 2021 ·
# Y. Bengio et al., "Estimating or Propagating Gradients Through Stochastic Neurons for Conditional Computation", 2013 ·
# P. Micikevicius et al., "Mixed Precision Training", ICLR 2018 · M. Sandler et al., "MobileNetV2", CVPR 2018 · H. Xiao
# et al., "Fashion-MNIST", 2017 · PyTorch documentation, "Quantization", 2.13 (2026). Files: `images/SOURCES.toml`,
# `data/SOURCES.toml`.
