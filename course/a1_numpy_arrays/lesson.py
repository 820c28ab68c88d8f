# %% [markdown] minutes=110 seconds=45 megabytes=1200
# # From one random vector to the ten nearest of 100,000
#
# > "Make me a random NumPy array of 512 dimensions. Take its dot product with another one. How similar are the two?
# > Now find the ten most similar of a hundred thousand."
#
# It sounds like four lines. Each line has a trap.

# %% [markdown]
# A candidate often answers:
#
# > "`np.random.rand(512)` gives a 512-dimensional array. The dot product is `np.dot(a, b)`, for any shape. Cosine divides
# > by the norms. Two random vectors are nearly perpendicular, so I expect about zero. For the search I loop over the rows
# > and sort."
#
# What is wrong with it? Find at least three things before you go on. The end of the lesson comes back to them.

# %% [markdown]
# ## What you will be able to do
#
# - make a reproducible random embedding, and state its shape, dtype and bytes before NumPy does;
# - multiply vectors, matrices and integer images without a silent error;
# - compute all cosines between two sets at once, zero vectors included;
# - search 100,000 vectors exactly, hundreds of times faster than a loop over entries in Python.

# %% [markdown]
# **You need** Python functions and loops, an array's `shape` and `dtype`, and to have met variance, standard deviation and
# softmax: one sentence here recalls each.
#
# **Not here:** learned embeddings, approximate indexes, GPUs.
#
# **Time:** about 110 minutes, 65 of them on the exercises. The checks you see are a sample; your grade uses more. Q01 to
# Q03 are numbers on the start page. The photograph: a tower of the Summer Palace, Beijing, by danielbuechele (CC BY 2.0).

# %%
import time

import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch

from autograder.expect import expect, expect_faster, fresh_generator
from autograder.figures import show

gray = cv2.imread("images/china.jpg", cv2.IMREAD_GRAYSCALE)  # (427, 640) uint8
if gray is None:
    raise FileNotFoundError("images/china.jpg is not here: start the notebook in its own folder.")
print(gray.shape, gray.dtype)

# %% [markdown]
# **Commit to a number.** Draw two vectors with `np.random.rand(512)`. What is their cosine? Cosine is 1 for the same
# direction, 0 for perpendicular ones, −1 for opposite ones. Section 2 draws your guess beside the measurement.

# %%
my_guess = None  # write your number here before you run on

# %% [markdown]
# ## 1. A vector of 512 dimensions has one axis
#
# "Dimension" has two meanings. A *vector* of 512 dimensions is 512 numbers: shape `(512,)`, one axis, `ndim == 1`.
# An *array's* dimensions are its axes. The question means the first. Take it the second way and you hit a wall:

# %%
try:
    np.zeros((1,) * 512)
except ValueError as error:
    print(error)

# %% [markdown]
# NumPy 2 stops at 64 axes.
#
# Three shapes are easily confused: `(512,)` is a vector, `(1, 512)` a row matrix, `(512, 1)` a column matrix.

# %% [markdown]
# **Bytes** are entries times bytes per entry. Fill this table in your head.
#
# | array | entries | bytes each | bytes |
# |---|---|---|---|
# | one vector, float64 | 512 | 8 | ? |
# | one vector, float32 | 512 | 4 | ? |
# | 100,000 vectors, float32 | 51,200,000 | 4 | ? |

# %% [markdown]
# **Seeds.** A `Generator` is a stream of numbers. The seed fixes where the stream starts; every call moves it on.
# `np.random.rand` draws from one hidden global stream instead, which any imported library may move.
#
# Predict: which of `first`, `second` and `third` are equal?

# %%
rng = np.random.default_rng(7)
first = rng.standard_normal(512)
second = rng.standard_normal(512)
third = np.random.default_rng(7).standard_normal(512)
print("first == second:", np.array_equal(first, second))
print("first == third: ", np.array_equal(first, third))
print(first.shape, first.ndim, first.dtype)
print(first.nbytes, first.astype(np.float32).nbytes)
print(f"{100_000 * 512 * np.dtype(np.float32).itemsize / 1e6:.1f} MB")

# %% [markdown]
# The second call went on along the stream. The third began again.
#
# The promise is narrow: same seed, same calls, same NumPy version. A new release may change a `Generator`'s numbers
# (NEP 19). To repeat a result years later, store the array, not the seed.

# %% [markdown]
# ## 2. How alike are two random vectors?
#
# `rand` is uniform on $[0, 1)$. No entry is negative, so all vectors sit in one corner of space. *Variance* is the mean
# squared distance from the mean. Cosine is $\dfrac{a \cdot b}{\lVert a \rVert \lVert b \rVert}$, and over many independent
# entries $x$ and $y$, sums become means:
#
# $$\cos \approx \frac{E[xy]}{E[x^2]} = \frac{E[x]^2}{E[x]^2 + \mathrm{Var}[x]} = \frac{1/4}{1/4 + 1/12} = \frac{3}{4}$$

# %% [markdown]
# A standard normal has $E[x] = 0$, so the cosine is near 0. How near? $a \cdot b$ sums 512 products of variance 1. Its
# *standard deviation*, the square root of the variance, is $\sqrt{512}$. The norms multiply to about 512. That leaves
# $1/\sqrt{512} \approx 0.044$.
#
# Before you run it: will the two histograms overlap?

# %%
rng = np.random.default_rng(0)
pairs = {
    "rand: uniform on [0, 1)": rng.random((2, 10_000, 512)),
    "standard_normal": rng.standard_normal((2, 10_000, 512)),
}
figure, axes = plt.subplots(figsize=(8, 3.6))
for (name, (a, b)), colour in zip(pairs.items(), ("tab:orange", "tab:blue"), strict=True):
    norms = np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))  # (10000,)
    cosines = (a * b).sum(axis=1) / norms  # row i of a with row i of b
    axes.hist(cosines, bins=np.linspace(-0.2, 0.85, 106), color=colour, alpha=0.8, label=name)
    print(f"{name:24} mean {cosines.mean():.4f}  standard deviation {cosines.std():.4f}")
if my_guess is None:
    print("No guess yet: write a number into my_guess, and run both cells.")
else:
    axes.axvline(my_guess, color="black", linestyle="--", label="your guess")
axes.set(title="Cosine of 10,000 pairs of random 512-d vectors", xlabel="cosine (no unit)", ylabel="pairs (count)")
axes.legend()
show(
    figure, "Two separate histograms: uniform pairs near 0.75, normal pairs near 0 with a standard deviation of 0.044."
)

# %% [markdown]
# They are far apart. With `rand`, a search test would report every pair as 0.75 alike.
#
# Centring is not enough. Uniform on $[-1, 1)$ fills a cube, which has more room towards its corners. Cosines hide it; the
# largest entry of a unit vector shows it: 0.076 on average, against 0.144. Among distributions with independent
# entries, only the normal prefers no direction.

# %% [markdown] statement="random_unit_vectors"
# ### Exercise: random_unit_vectors
#
# Return `count` random directions in `dim` dimensions.
#
# - Shape `(count, dim)`, dtype float32, for `count >= 0`, `dim >= 1`, `seed >= 0`. `count=0` gives shape `(0, dim)`.
# - Every row has norm 1 within 1e-5.
# - No direction is preferred, and rows are independent of each other.
# - The same three arguments give the same array on every call. Where there are two entries or more in a row and
#   `count >= 1`, another seed gives another array.

# %% [markdown] hints="random_unit_vectors"
# <details><summary>Hint 1: the idea</summary>
#
# A vector of independent standard normals points in every direction equally often. Its norm does not matter: divide by it.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `np.random.default_rng`, `Generator.standard_normal`, and `np.linalg.norm` with its `axis` and `keepdims`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# One norm for the whole array, or a generator made outside the function: it goes on where the last call stopped.
#
# </details>


# %% exercise="random_unit_vectors" minutes=7 difficulty=2 question="Q01"
def random_unit_vectors(count: int, dim: int, seed: int) -> np.ndarray:
    """Draw random directions, uniformly distributed on the unit sphere.

    Args:
        count: number of vectors, 0 or more.
        dim: entries per vector, 1 or more.
        seed: start of the random stream.

    Returns:
        (count, dim) float32, every row of norm 1.
    """
    ### BEGIN SOLUTION
    vectors = np.random.default_rng(seed).standard_normal((count, dim))
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)  # (count, 1)
    return (vectors / norms).astype(np.float32)
    ### END SOLUTION


# %% test="random_unit_vectors" points=3
expect(random_unit_vectors, 3, 8, seed=1).satisfies(
    lambda v: np.shape(v) == (3, 8),
    "an array of shape (3, 8)",
    cause="`count` rows of `dim` entries, each row divided by its own norm (keepdims=True keeps the norms a column).",
).has_dtype(np.float32, cause="NumPy draws float64; twice the bytes that were asked for.").satisfies(
    lambda v: not np.isclose((v**2).sum(), 1.0),
    "three rows of norm 1, so squares that sum to 3",
    cause="You divided by one norm of the whole array: each row needs its own.",
).satisfies(
    lambda v: np.allclose((v**2).sum(axis=1), 1.0, atol=2e-5),
    "rows of norm 1",
    cause="The rows are not unit vectors: divide each row by its own norm.",
).satisfies(
    lambda v: not np.allclose(v[0], v[1]),
    "rows that differ",
    cause="All rows are the same vector: draw count * dim numbers from one stream.",
)
again = expect(random_unit_vectors, 3, 8, seed=1).value
expect(random_unit_vectors, 3, 8, seed=1).returns(
    again, cause="A second call gave other numbers: start a new stream from the seed inside the function."
)
expect(random_unit_vectors, 3, 8, seed=2).satisfies(
    lambda v: not np.allclose(v, again),
    "another array than with seed=1",
    cause="The seed makes no difference: pass it on to the generator.",
)
expect(random_unit_vectors, 50, 512, seed=4).satisfies(
    lambda v: abs((v.sum(axis=0) ** 2).sum() / 50 - 1) < 0.4,
    "50 rows whose sum has a norm near sqrt(50)",
    cause="The rows are not spread over all directions (uniform on [0, 1) gives cosines of 0.75): use a mean of 0.",
).satisfies(
    lambda v: 0.12 < np.abs(v).max(axis=1).mean() < 0.18,
    "largest entries of 0.144 on average",
    cause="Directions crowd the corners of a cube (0.076), or its axes (1): use normal entries.",
)
### BEGIN HIDDEN TESTS
for count, dim in ((0, 5), (1, 1), (7, 3), (2, 512)):
    expect(random_unit_vectors, count, dim, seed=3).has_shape(
        (count, dim), cause="One vector per row, whatever the count."
    ).has_dtype(np.float32).satisfies(
        lambda v: np.allclose((v.astype(np.float64) ** 2).sum(axis=1), 1.0, atol=2e-5), "rows of norm 1"
    )


def off_diagonal_cosines(v):
    v = v.astype(np.float64)
    return (v @ v.T)[~np.eye(len(v), dtype=bool)]


expect(random_unit_vectors, 400, 512, seed=5).satisfies(
    lambda v: abs(off_diagonal_cosines(v).mean()) < 0.01,
    "cosines that average 0",
    cause="The rows are alike (uniform on [0, 1) gives 0.75): draw from a distribution with mean 0.",
).satisfies(
    lambda v: abs(off_diagonal_cosines(v).std() - 512**-0.5) < 0.003,
    "cosines with a standard deviation of 1/sqrt(512) = 0.044",
    cause="The rows are not independent standard normals.",
)


def share_near_diagonals(v):
    angle = np.degrees(np.arctan2(np.abs(v[:, 1]), np.abs(v[:, 0])))
    return float(np.mean(np.abs(angle - 45) < 15))


expect(random_unit_vectors, 40_000, 2, seed=6).satisfies(
    lambda v: abs(share_near_diagonals(v) - 1 / 3) < 0.015,
    "a third of all 2-d directions within 15 degrees of a diagonal",
    cause="Directions crowd the corners of a cube (or its axes): use normal entries, not uniform ones.",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 3. The dot product, and its silent errors
#
# Multiply entry by entry, then add:
#
# $$(1, 2, 3) \cdot (4, 5, 6) = 4 + 10 + 18 = 32$$
#
# For two 1-D arrays, `np.dot(a, b)` and `a @ b` agree. With more axes they do not. Predict the two shapes.

# %%
print(np.array([1, 2, 3]) @ np.array([4, 5, 6]), np.dot(np.array([1, 2, 3]), np.array([4, 5, 6])))
left = np.ones((8, 4, 5))  # 8 matrices of 4 x 5
right = np.ones((8, 5, 6))  # 8 matrices of 5 x 6
print("@:     ", (left @ right).shape)
print("np.dot:", np.dot(left, right).shape)

# %% [markdown]
# `@` pairs matrix $i$ with matrix $i$: 8 products, a *batched* matrix product. `np.dot` multiplies every matrix of `left`
# with every matrix of `right`: 64 products. Its axes are: left matrix, row, right matrix, column. No error is raised.
# Use `@`.

# %% [markdown]
# **Overflow.** A dot product keeps the inputs' integer dtype. An int8 holds −128 to 127 and wraps around modulo 256.
# $(100, 100, 100) \cdot (2, 2, 2)$ is 600. Predict what `a @ b` gives in int8, and whether `np.sum(a * b)` saves you.

# %%
a, b = np.array([100, 100, 100], np.int8), np.array([2, 2, 2], np.int8)
print("a @ b:        ", a @ b)
print("a * b:        ", a * b)
print("np.sum(a * b):", np.sum(a * b))

# %% [markdown]
# Each product, 200, wrapped to $200 - 256 = -56$. `np.sum` adds in int64, too late: −168. `@` adds in int8 too: 88.
#
# Photographs are uint8. Cut ours into tiles of 16 × 32 pixels, 512 grey levels each. A tile's dot product with itself
# is its *energy*, large where it is bright. What will the right picture look like?

# %%
tiles = gray[:416].reshape(26, 16, 20, 32).swapaxes(1, 2).reshape(26, 20, 512)
as_floats = np.einsum("ijk,ijk->ij", tiles.astype(float), tiles.astype(float))  # (26, 20)
as_bytes = np.einsum("ijk,ijk->ij", tiles, tiles)  # (26, 20) uint8
figure, axes = plt.subplots(1, 3, figsize=(12, 3), layout="constrained")
axes[0].imshow(gray, cmap="gray")
axes[0].set(title="Photograph", xlabel="x (pixels)", ylabel="y (pixels)")
panels = (
    (axes[1], as_floats / 1e6, "Energy in float64", "million grey levels squared"),
    (axes[2], as_bytes, "Energy in uint8", "grey levels squared, modulo 256"),
)
for axis, energy, title, unit in panels:
    shown = axis.imshow(energy, cmap="viridis", aspect=0.5)
    axis.set(title=title, xlabel="tile column", ylabel="tile row")
    figure.colorbar(shown, ax=axis, label=unit, shrink=0.9)
show(figure, "The float64 energies are a coarse copy of the photograph; the uint8 energies are noise from 0 to 255.")

# %% [markdown]
# Noise. The fix is to widen *before* multiplying. How wide? A product of two uint16 reaches $2^{32}$, and a million of
# them $2^{52}$. float32 counts exactly to $2^{24}$, float64 to $2^{53}$.

# %% [markdown] statement="integer_dot"
# ### Exercise: integer_dot
#
# Return the exact dot product of two integer vectors as a Python `int`.
#
# - `a` and `b` have dtype int8, uint8, int16 or uint16, not necessarily the same, and 0 to 1,000,000 entries.
# - No entries: 0.
# - If either array is not 1-D, or the numbers of entries differ, raise `ValueError`. Nothing is broadcast.

# %% [markdown] hints="integer_dot"
# <details><summary>Hint 1: the idea</summary>
#
# Choose a type that holds the largest possible *sum*, and convert before the first product.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `ndarray.astype`, and `np.iinfo(...).max` for what a dtype holds. 65535 × 65535 is 4,294,836,225.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# int32 is right for bytes and wrong for uint16. Unsigned 64 bits are wrong for negative entries. And a vector of one
# entry broadcasts quietly in `a * b`.
#
# </details>


# %% exercise="integer_dot" minutes=6 difficulty=2 question="Q02"
def integer_dot(a: np.ndarray, b: np.ndarray) -> int:
    """Exact dot product of two vectors of small integers.

    Args:
        a: (n,) int8, uint8, int16 or uint16, n from 0 to 1,000,000.
        b: (n,), one of the same dtypes.

    Returns:
        the sum of a[i] * b[i], without overflow or rounding.

    Raises:
        ValueError: if an array is not 1-D or the numbers of entries differ.
    """
    ### BEGIN SOLUTION
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError(f"need two vectors with the same number of entries, got shapes {a.shape} and {b.shape}")
    return int(a.astype(np.int64) @ b.astype(np.int64))
    ### END SOLUTION


# %% test="integer_dot" points=2
expect(integer_dot, np.array([100, 100, 100], np.int8), np.array([2, 2, 2], np.int8)).returns(
    600,
    mistakes={
        "Products and sum ran in int8 and wrapped: widen before you multiply.": 88,
        "Each product wrapped before it was added: widening the sum is too late.": -168,
    },
).is_a(int, cause="The task asks for a Python int.")
expect(integer_dot, np.array([65535, 65535], np.uint16), np.array([65535, 65535], np.uint16)).returns(
    8_589_672_450,
    mistakes={
        "int32 overflowed: one product of two uint16 already needs 32 bits.": -262_142,
        "uint32 overflowed: one product fills it, the sum does not fit.": 4_294_705_154,
        "float32 counts exactly only to 2**24.": 8_589_672_448,
        "16 bits cannot hold these products: widen before you multiply.": 2,
    },
    cause="Rounded or wrapped: find a type that holds 1,000,000 * 65535 * 65535 exactly.",
)
expect(integer_dot, np.array([-3], np.int8), np.array([2], np.uint8)).returns(
    -6, cause="Negative entries need a signed type, and mixed signs one that holds both ranges."
)
expect(integer_dot, np.array([1, 2, 3], np.int16), np.array([5], np.int16)).raises(
    ValueError,
    cause="Different numbers of entries: `a * b` broadcasts a single one, zip drops the rest, an assert raises "
    "AssertionError. Compare, and raise ValueError yourself.",
)
expect(integer_dot, np.eye(2, dtype=np.int8), np.eye(2, dtype=np.int8)).raises(
    ValueError, cause="Matrices are not vectors: check the number of axes."
)
### BEGIN HIDDEN TESTS
bright = np.full(512, 201, np.uint8)
expect(integer_dot, bright, bright).returns(
    512 * 201**2,
    mistakes={
        "The whole product ran in uint8: widen before you multiply.": 512 * 201**2 % 256,
        "Each product wrapped before it was added: widening the sum is too late.": 512 * (201**2 % 256),
        "int16 is too narrow for 512 products.": int(np.int64(512 * 201**2).astype(np.int16)),
        "uint16 is too narrow for 512 products.": 512 * 201**2 % 2**16,
    },
).is_a(int, cause="The task asks for a Python int.")
deep = np.full(1000, 65535, np.uint16)
expect(integer_dot, deep, deep).returns(
    1000 * 65535**2,
    mistakes={
        "int32 overflowed: one product of two uint16 already needs 32 bits.": int(
            deep.astype(np.int32) @ deep.astype(np.int32)
        ),
        "uint32 overflowed: one product fills it, the sum does not fit.": 1000 * 65535**2 % 2**32,
    },
    cause="Rounded or wrapped: find a type that holds 1,000,000 * 65535 * 65535 exactly.",
)
odd = np.array([4096, 1], np.int16)
expect(integer_dot, odd, odd).returns(
    2**24 + 1, mistakes={"float32 counts exactly only to 2**24.": 2**24}, cause="Rounded: use a wider type."
)
expect(integer_dot, np.array([-128, 5, 0], np.int8), np.array([255, 1, 7], np.uint8)).returns(
    -32635, cause="Negative entries need a signed type, and mixed signs one that holds both ranges."
)
lowest = np.full(3, -32768, np.int16)
expect(integer_dot, lowest, lowest).returns(3 * 2**30, cause="Overflow at the lowest int16 values.")
long = fresh_generator(0).integers(0, 65536, (2, 200_000)).astype(np.uint16)
expect(integer_dot, long[0], long[1]).returns(
    sum(x * y for x, y in zip(long[0].tolist(), long[1].tolist(), strict=True)),
    cause="Rounded or wrapped on 200,000 entries: the sum needs 52 bits.",
)
expect(integer_dot, long[0, ::3], long[1, ::3]).returns(
    sum(x * y for x, y in zip(long[0, ::3].tolist(), long[1, ::3].tolist(), strict=True)),
    cause="Wrong on every third entry of an array: a view has its own strides.",
)
expect(integer_dot, np.zeros(0, np.uint8), np.zeros(0, np.uint8)).returns(0).is_a(int)
expect(integer_dot, np.array([9], np.uint8), np.array([9], np.uint8)).returns(81)
expect(integer_dot, np.ones((1, 3), np.int8), np.ones(3, np.int8)).raises(
    ValueError, cause="A (1, 3) matrix is not a vector: check the number of axes of both."
)
expect(integer_dot, np.ones(3, np.int8), np.ones((3, 1), np.int8)).raises(
    ValueError, cause="A (3, 1) matrix is not a vector: check the number of axes of both."
)
expect(integer_dot, np.ones(3, np.int8), np.ones(4, np.int8)).raises(ValueError)
expect(integer_dot, np.ones(4, np.int8), np.ones(3, np.int8)).raises(ValueError)
expect(integer_dot, np.array(2, np.int8), np.array(3, np.int8)).raises(
    ValueError, cause="An array without an axis is not a vector: require exactly one axis."
)
### END HIDDEN TESTS

# %% [markdown]
# ## 4. Attention: why divide by $\sqrt{d}$
#
# Dot products also drive *attention*: a query is compared with every key, and its scores become weights. *Softmax*
# makes scores positive and lets them sum to 1: $w_j = e^{s_j} / \sum_i e^{s_i}$. Scores 0 and $\ln 3$ give $1/4$ and $3/4$.
#
# If entries have mean 0 and variance 1, a score sums $d$ products of variance 1: variance $d$.

# %% [markdown]
# Large scores make softmax extreme: 0 and 8 give 0.0003 and 0.9997. One key takes all, and small changes of the scores
# change almost nothing: a network cannot learn from them. Dividing by $\sqrt{d}$ brings the variance back to 1.
#
# *Entropy* in bits says how many keys take part: 6 bits if all 64 do equally, 0 if only one does. Predict it for $d = 512$.

# %%
rng = np.random.default_rng(1)
sizes = 2 ** np.arange(0, 13)
variance = {"unscaled": [], "divided by sqrt(d)": []}
entropy = {"unscaled": [], "divided by sqrt(d)": []}
for d in sizes:
    raw = rng.standard_normal((100, d)) @ rng.standard_normal((d, 64))  # 100 queries, 64 keys
    for name, scores in (("unscaled", raw), ("divided by sqrt(d)", raw / np.sqrt(d))):
        powers = np.exp(scores)
        weights = powers / powers.sum(axis=1, keepdims=True)  # (100, 64)
        variance[name].append(scores.var())
        entropy[name].append(-(weights * np.log2(weights)).sum(axis=1).mean())

figure, axes = plt.subplots(1, 2, figsize=(10, 3.6), layout="constrained")
for name, marker in (("unscaled", "o"), ("divided by sqrt(d)", "s")):
    axes[0].loglog(sizes, variance[name], marker=marker, label=name)
    axes[1].semilogx(sizes, entropy[name], marker=marker, label=name)
axes[0].set(title="Variance of the scores", xlabel="entries per vector, d", ylabel="variance (no unit)")
axes[1].set(
    title="Entropy of the weights, 64 keys", xlabel="entries per vector, d", ylabel="entropy (bits)", ylim=(0, 6)
)
axes[0].legend()
show(figure, "Unscaled variance grows as d while entropy falls from about 5.5 bits to near 0; scaled, both stay level.")
print(f"d = 512: {entropy['unscaled'][9]:.2f} bits unscaled, {entropy['divided by sqrt(d)'][9]:.2f} bits scaled")

# %% [markdown]
# The scaled weights do not care about $d$. One danger is left: in float64 `np.exp` overflows from 710 on, and `inf / inf`
# is NaN. Which number can you add to all scores of a query without changing its softmax?

# %% [markdown] statement="attention_weights"
# ### Exercise: attention_weights
#
# Return $\mathrm{softmax}(QK^\top / \sqrt{d})$, normalised over the keys.
#
# - `queries` is `(..., n, d)`, `keys` is `(..., m, d)`, both float32 or both float64, with the same leading axes (none, one
#   or more), `n, m >= 1` and `1 <= d <= 512`. The result is `(..., n, m)`, of any float dtype.
# - Tolerance 1e-5. The absolute values of scaled scores are below 10 for float32 and up to 1e6 for float64. No weight
#   may be NaN or infinite; the inputs never are.
# - The inputs are not modified.

# %% [markdown] hints="attention_weights"
# <details><summary>Hint 1: the idea</summary>
#
# Three steps: all scores in one batched product, scale, softmax along the axis that counts keys.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `@`, `np.swapaxes`, and `max` and `sum` with `axis` and `keepdims`. Any number may be added to all scores of one query:
# $e^c$ cancels.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `.T` reverses *all* axes, the batch too. `/=` writes into the caller's array. One maximum for everything can push a
# whole row to 0 / 0.
#
# </details>


# %% exercise="attention_weights" minutes=10 difficulty=3 question="Q02"
def attention_weights(queries: np.ndarray, keys: np.ndarray) -> np.ndarray:
    """Scaled dot-product attention weights (Vaswani et al., 2017, equation 1, without the values).

    Args:
        queries: (..., n, d) float32 or float64.
        keys: (..., m, d), same leading axes.

    Returns:
        (..., n, m) weights; each row is non-negative and sums to 1.
    """
    ### BEGIN SOLUTION
    scores = queries @ np.swapaxes(keys, -1, -2) / np.sqrt(queries.shape[-1])  # (..., n, m)
    scores = scores - scores.max(axis=-1, keepdims=True)  # the largest exponent is 0: no overflow
    powers = np.exp(scores)
    return powers / powers.sum(axis=-1, keepdims=True)
    ### END SOLUTION


# %% test="attention_weights" points=3
three_queries = 2 * np.log(3) * np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0], [0.0, 0.0, 0.0, 0.0]])
two_keys = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]])  # d = 4, so scores of 2 ln 3 become ln 3
expect(attention_weights, three_queries, two_keys).close_to(
    np.array([[0.75, 0.25], [0.25, 0.75], [0.5, 0.5]]),
    atol=1e-5,
    mistakes={
        "You did not scale the scores by 1/sqrt(d).": np.array([[0.9, 0.1], [0.1, 0.9], [0.5, 0.5]]),
        "You divided by d, not by its square root.": np.array(
            [[0.6339746, 0.3660254], [0.3660254, 0.6339746], [0.5, 0.5]]
        ),
        "You multiplied by sqrt(d): divide.": np.array([[81 / 82, 1 / 82], [1 / 82, 81 / 82], [0.5, 0.5]]),
        "You scaled by the number of keys, not by d.": np.array(
            [[0.8254435, 0.1745565], [0.1745565, 0.8254435], [0.5, 0.5]]
        ),
        "You scaled by the number of queries, not by d.": np.array(
            [[0.7804975, 0.2195025], [0.2195025, 0.7804975], [0.5, 0.5]]
        ),
        "You normalised over the queries: weights of one query must sum to 1.": np.array(
            [[0.6, 0.2], [0.2, 0.6], [0.2, 0.2]]
        ),
        "You normalised over all scores together: each query has its own softmax.": np.array(
            [[0.3, 0.1], [0.1, 0.3], [0.1, 0.1]]
        ),
        "These are scores: the softmax is missing.": np.log(3) * np.array([[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]),
        "These are exponentials: divide each query's by their sum.": np.array([[3.0, 1.0], [1.0, 3.0], [1.0, 1.0]]),
        "These are exponentials: divide each query's by their own sum.": np.array([[1, 1 / 3], [1 / 3, 1], [1, 1]]),
        "All keys weigh the same: the scores are not used.": np.full((3, 2), 0.5),
        "One row per query, one column per key: yours is transposed.": np.array([[0.75, 0.25, 0.5], [0.25, 0.75, 0.5]]),
    },
    cause="One row per query, one column per key. Each row is divided by its own sum: keepdims=True keeps that axis.",
)
expect(attention_weights, np.array([[1000.0], [1.0]]), np.array([[1000.0], [999.0]])).close_to(
    np.array([[1.0, 0.0], [0.7310586, 0.2689414]]),
    atol=1e-5,
    mistakes={"You clipped the scores: 1000 and 999 are not the same.": np.array([[0.5, 0.5]] * 2)},
    cause="exp overflowed, or a row fell to 0 / 0: subtract each query's own largest score first.",
)
expect(attention_weights, np.zeros((2, 3, 4)), np.ones((2, 5, 4))).close_to(
    np.full((2, 3, 5), 0.2),
    atol=1e-5,
    cause="On a batch, swap the last two axes only (`.T` reverses all), and multiply with `@` (`np.dot` pairs every "
    "matrix with every other).",
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(11)


def torch_weights(q, k):
    scores = torch.from_numpy(q) @ torch.from_numpy(k).transpose(-1, -2)
    return torch.softmax(scores / q.shape[-1] ** 0.5, dim=-1).numpy()


q, k = rng.standard_normal((3, 6)), rng.standard_normal((5, 6))
raw = q @ k.T / np.sqrt(6)
powers = np.exp(raw)
expect(attention_weights, q, k).has_shape((3, 5), cause="One row per query, one column per key.").close_to(
    torch_weights(q, k),
    atol=1e-5,
    mistakes={
        "You normalised over the queries: weights of one query must sum to 1.": powers / powers.sum(axis=0),
        "You normalised over all scores together: each query has its own softmax.": powers / powers.sum(),
        "You scaled by the number of keys, not by d.": torch_weights(q * np.sqrt(6 / 5), k),
        "You scaled by the number of queries, not by d.": torch_weights(q * np.sqrt(6 / 3), k),
    },
).leaves_arguments_alone(cause="An in-place operation wrote into the caller's array: make a new one.")
cube_q, cube_k = rng.standard_normal((3, 3, 3)), rng.standard_normal((3, 3, 3))
expect(attention_weights, cube_q, cube_k).close_to(
    torch_weights(cube_q, cube_k),
    atol=1e-5,
    mistakes={
        "`.T` reverses all axes, the batch too: swap the last two only.": torch_weights(
            cube_q, np.swapaxes(cube_k.T, -1, -2).copy()
        ),
    },
    cause="Wrong on a batch: every leading index is its own problem.",
)
for shape_q, shape_k in (((2, 3, 5, 8), (2, 3, 7, 8)), ((4, 2, 3), (4, 6, 3)), ((1, 1), (1, 1))):
    q, k = 3 * rng.standard_normal(shape_q), 3 * rng.standard_normal(shape_k)
    expect(attention_weights, q, k).has_shape(
        (*shape_q[:-1], shape_k[-2]), cause="On batches, swap the last two axes only, and multiply with @."
    ).close_to(torch_weights(q, k), atol=1e-5, cause="Wrong on a batch: every leading index is its own problem.")
q, k = rng.standard_normal((4, 2, 6))[:, :, ::2], rng.standard_normal((5, 2, 3))
expect(attention_weights, q.swapaxes(0, 1), k.swapaxes(0, 1)).close_to(
    torch_weights(q.swapaxes(0, 1), k.swapaxes(0, 1)), atol=1e-5, cause="Wrong on a view: it has its own strides."
)
q, k = (rng.standard_normal(s).astype(np.float32) for s in ((2, 4, 16), (2, 9, 16)))
expect(attention_weights, q, k).close_to(torch_weights(q, k), atol=1e-5).leaves_arguments_alone()
large = np.array([[1e3], [-1e3]])
expect(attention_weights, large, np.array([[1e3], [-1e3], [0.0]])).close_to(
    np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
    atol=1e-5,
    cause="exp overflowed (or a whole row fell to 0 / 0): subtract each query's largest score first.",
)
expect(attention_weights, np.array([[1e3], [1.0]]), np.array([[-1e3], [-1e3]])).close_to(
    np.full((2, 2), 0.5),
    atol=1e-5,
    cause="A whole row fell to 0 / 0: subtract each query's own largest score.",
)
expect(attention_weights, np.array([[1.0], [1e3]]), np.array([[1e3], [999.0]])).close_to(
    np.array([[1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))], [1.0, 0.0]]),
    atol=1e-5,
    mistakes={"You clipped the scores: 1000 and 999 are not the same.": np.full((2, 2), 0.5)},
    cause="One maximum for all queries pushes the weaker query to 0 / 0: subtract each query's own.",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Cosine similarity, all pairs at once
#
# Take $a = (3, 4)$ and $b = (4, 3)$. The dot product is 24 and both norms are 5, so the cosine is $24/25 = 0.96$.
#
# Divide by the norms first: $\hat a = (0.6, 0.8)$, $\hat b = (0.8, 0.6)$. Now the dot product *is* the cosine.

# %% [markdown]
# And the distance follows from it:
#
# $$\lVert \hat a - \hat b \rVert^2 = 1 + 1 - 2\,\hat a \cdot \hat b = 2 - 2\cos = 0.08$$
#
# So on unit vectors, largest cosine, largest dot product and smallest distance give one ranking. Otherwise they may
# disagree.

# %%
a, b = np.array([3.0, 4.0]), np.array([4.0, 3.0])
unit_a, unit_b = a / 5, b / 5
print(f"{a @ b / 25:.2f} {unit_a @ unit_b:.2f} {((unit_a - unit_b) ** 2).sum():.2f} {2 - 2 * (unit_a @ unit_b):.2f}")

# %% [markdown]
# **All pairs.** Rows of A against rows of B: entry $(i, j)$ of $A B^\top$ is $a_i \cdot b_j$.
#
# **Zero vectors** have no direction: their cosine is 0 / 0, NaN. A black image is one, and so is a flat patch without its
# mean. Predict: which two does each of the first two lines call the best?

# %%
scores = np.array([0.2, np.nan, 0.9, 0.5])
print("argsort(scores)[-2:] ", np.argsort(scores)[-2:])
print("argsort(-scores)[:2] ", np.argsort(-scores)[:2])
a, b = np.array([3e-9, 4e-9]), np.array([4.0, 3.0])
print(f"1e-8 added to the norm of (3e-9, 4e-9): cosine {a @ b / ((np.linalg.norm(a) + 1e-8) * 5):.2f}, not 0.96")

# %% [markdown]
# NumPy sorts NaN last. So a black image wins every search or vanishes from it, depending on the direction of the sort. Our
# rule: the cosine with a zero vector is 0.
#
# The usual fix, 1e-8 added to each norm, is another trap: you saw it bend the cosine of a short vector.

# %% [markdown] statement="cosine_matrix"
# ### Exercise: cosine_matrix
#
# Return the cosine of every row of `a` with every row of `b`.
#
# - `a` is `(n, d)`, `b` is `(m, d)`, each of dtype uint8, float32 or float64, not necessarily the same; `n` or `m` may be 0,
#   `d >= 1`. The result is `(n, m)` float64.
# - Where either row is all zeros, the value is exactly 0.
# - All other rows have a norm between 1e-100 and 1e100. Tolerance 1e-12, also for float32 inputs, whose values count as
#   exact.
# - Different `d`: raise `ValueError`. The inputs are not modified.

# %% [markdown] hints="cosine_matrix"
# <details><summary>Hint 1: the idea</summary>
#
# Make both sets unit vectors, then one matrix product gives all pairs.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `astype`, `np.linalg.norm` with `axis` and `keepdims`, and `np.where` (or a mask) for norms that are 0.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# Squares of uint8 wrap, and float32 norms are good to 1e-7 only: convert before anything else. Without `keepdims` the
# norms divide columns. If the norm of a zero row were 1, what would the division give?
#
# </details>


# %% exercise="cosine_matrix" minutes=10 difficulty=3 question="Q03"
def cosine_matrix(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Cosine similarity of all pairs of rows; 0 where a row is all zeros.

    Args:
        a: (n, d) uint8, float32 or float64.
        b: (m, d), one of the same dtypes.

    Returns:
        (n, m) float64, from -1 to 1 within rounding.

    Raises:
        ValueError: if the rows of a and b have different numbers of entries.
    """
    ### BEGIN SOLUTION
    a, b = a.astype(np.float64), b.astype(np.float64)
    norms_a = np.linalg.norm(a, axis=1, keepdims=True)  # (n, 1)
    norms_b = np.linalg.norm(b, axis=1, keepdims=True)  # (m, 1)
    # A zero row divided by 1 stays zero, and so do its cosines.
    return (a / np.where(norms_a == 0, 1, norms_a)) @ (b / np.where(norms_b == 0, 1, norms_b)).T
    ### END SOLUTION


# %% test="cosine_matrix" points=3
some = np.array([[3.0, 4.0], [0.0, 0.0]])
others = np.array([[4.0, 3.0], [1.0, 0.0], [-3.0, -4.0]])
expect(cosine_matrix, some, others).close_to(
    np.array([[0.96, 0.6, -1.0], [0.0, 0.0, 0.0]]),
    atol=1e-12,
    mistakes={
        "0 / 0 gave NaN: a zero row needs the rule of the task.": np.array([[0.96, 0.6, -1], [np.nan] * 3]),
        "You set the cosine of a zero row to 1: the task says 0.": np.array([[0.96, 0.6, -1.0], [1.0, 1.0, 1.0]]),
        "These are dot products: the norms are missing.": np.array([[24.0, 3.0, -25.0], [0.0, 0.0, 0.0]]),
        "You divided by squared norms: the square root is missing.": np.array([[24 / 625, 3 / 25, -25 / 625], [0] * 3]),
        "This is 1 - cosine, a distance: the task asks for the cosine.": np.array([[0.04, 0.4, 2.0], [1.0, 1.0, 1.0]]),
        "You removed each row's mean: that is the correlation, another question.": np.array([[-1.0] * 3, [0.0] * 3]),
        "Rows of a go down, rows of b across: (n, m), yours is (m, n).": np.array([[0.96, 0], [0.6, 0], [-1.0, 0]]),
        "Every row of a with every row of b: (n, m), not one value per pair of equal index.": np.array([0.96, 0.0]),
        "You took absolute values: opposite rows have cosine -1.": np.array([[0.96, 0.6, 1.0], [0.0, 0.0, 0.0]]),
    },
    cause="A value is not the cosine of its two rows: divide each row by its own norm (keepdims=True keeps the norms a "
    "column), and add nothing to it.",
).has_dtype(np.float64)
pixel_pair = np.array([[200, 100]], np.uint8), np.array([[100, 200]], np.uint8)
expect(cosine_matrix, *pixel_pair).close_to(
    np.array([[0.8]]), atol=1e-12, cause="The uint8 products wrapped: convert before you multiply."
)
float32_pair = np.array([[1, 2]], np.float32), np.array([[2, 1]], np.float32)
expect(cosine_matrix, *float32_pair).close_to(
    np.array([[0.8]]), atol=1e-12, cause="Computed in float32, good to 1e-7 only: convert to float64 first."
).has_dtype(np.float64, cause="Computed in float32, good to 1e-7 only: convert to float64 first.")
expect(cosine_matrix, np.array([[3e-20, 4e-20]]), np.array([[4.0, 3.0]])).close_to(
    np.array([[0.96]]),
    atol=1e-12,
    cause="A constant added to the norms, or a lower limit, bends short vectors: treat exact zeros only.",
)
### BEGIN HIDDEN TESTS
rng = fresh_generator(21)


def slow_cosines(a, b):
    import math

    out = np.zeros((len(a), len(b)))
    for i, x in enumerate(a.tolist()):
        for j, y in enumerate(b.tolist()):
            lengths = math.sqrt(math.fsum(v * v for v in x)) * math.sqrt(math.fsum(v * v for v in y))
            out[i, j] = math.fsum(v * w for v, w in zip(x, y, strict=True)) / lengths if lengths else 0.0
    return out


a, b = rng.standard_normal((5, 33)), rng.standard_normal((8, 33)) + 0.7
b[3] = 0
expect(cosine_matrix, a, b).close_to(
    slow_cosines(a, b),
    atol=1e-12,
    cause="A zero row in b counts too, and every row is divided by its own norm.",
).has_dtype(np.float64).leaves_arguments_alone(cause="An in-place division wrote into the caller's array.")
square = rng.standard_normal((4, 4))
expect(cosine_matrix, square, square[:3]).close_to(
    slow_cosines(square, square[:3]), atol=1e-12, cause="The norms divided columns: keep them as an (n, 1) column."
)
expect(cosine_matrix, a[:, ::3], b.T[::3].T).close_to(
    slow_cosines(a[:, ::3], b[:, ::3]), atol=1e-12, cause="Wrong on a view: it has its own strides."
)
pixels = rng.integers(0, 256, (6, 512)).astype(np.uint8)
pixels[2] = 0
expect(cosine_matrix, pixels, pixels[1:4]).close_to(
    slow_cosines(pixels, pixels[1:4]), atol=1e-12, cause="The uint8 products wrapped: convert before you multiply."
).leaves_arguments_alone()
single = rng.standard_normal((4, 300)).astype(np.float32)
expect(cosine_matrix, single, single).has_dtype(
    np.float64, cause="Computed in float32, good to 1e-7 only: convert to float64 first."
).close_to(slow_cosines(single, single), atol=1e-12, cause="Computed in float32: convert to float64 first.")
expect(cosine_matrix, a, single[:, :33]).close_to(
    slow_cosines(a, single[:, :33]), atol=1e-12, cause="Norms computed in float32: convert both before anything else."
)
tiny = np.array([[3e-9, 4e-9], [3e-90, 4e-90], [3e90, 4e90]])
expect(cosine_matrix, tiny, np.array([[4.0, 3.0]])).close_to(
    np.full((3, 1), 0.96),
    atol=1e-12,
    cause="A constant added to the norms, or a lower limit, bends short vectors.",
)
expect(cosine_matrix, tiny[1:], tiny[1:]).close_to(np.ones((2, 2)), atol=1e-12)
expect(cosine_matrix, np.zeros((2, 3)), np.zeros((1, 3))).returns(np.zeros((2, 1)))
expect(cosine_matrix, np.zeros((0, 3)), np.ones((2, 3))).has_shape((0, 2))
expect(cosine_matrix, np.ones((2, 3)), np.zeros((0, 3))).has_shape((2, 0))
expect(cosine_matrix, np.ones((2, 3)), np.ones((2, 1))).raises(
    ValueError, cause="Rows of 3 and of 1 entries were broadcast: different numbers are an error."
)
### END HIDDEN TESTS

# %% [markdown]
# **Your function on the photograph.** Six patches of 16 × 32 pixels, 512 grey levels each: left as they are, right each
# without its own mean. Predict the left one: will sky and tree differ?

# %%
places = {
    "sky": (40, 520),
    "water": (250, 420),
    "tree": (330, 420),
    "ridge": (150, 206),
    "roof": (265, 215),
    "rail": (320, 160),
}
patches = np.stack([gray[y : y + 16, x : x + 32].ravel() for y, x in places.values()])  # (6, 512) uint8
level = np.array([[patch.mean()] for patch in patches])  # (6, 1) mean grey level of each patch
matrices = {
    "Yours, raw patches": cosine_matrix(patches, patches),
    "Yours, mean removed": cosine_matrix(patches - level, patches - level),
}
figure, axes = plt.subplots(1, 2, figsize=(10, 4.4), layout="constrained")
for axis, (title, matrix) in zip(axes, matrices.items(), strict=True):
    shown = axis.imshow(matrix, cmap="viridis", vmin=-1, vmax=1)
    axis.set(title=title, xlabel="patch", ylabel="patch", xticks=range(6), yticks=range(6))
    axis.set_xticklabels(places)
    axis.set_yticklabels(places)
    for (i, j), value in np.ndenumerate(matrix):
        axis.text(
            j, i, f"{round(value, 2) + 0:.2f}", ha="center", va="center", color="black" if value > 0.3 else "white"
        )
figure.colorbar(shown, ax=axes, label="cosine (no unit)")
show(figure, "All raw patches have cosines above 0.6, many near 0.9; without their means they are near 0.")
gap = np.abs(matrices["Yours, mean removed"] - np.corrcoef(patches)).max()
print(f"largest difference between the right matrix and np.corrcoef: {gap:.0e}")

# %% [markdown]
# Sky and tree look alike, because grey levels are never negative: the corner of section 2 again. The cosine of
# mean-removed vectors has an older name, Pearson's correlation; `np.corrcoef` agrees.

# %% [markdown]
# ## 6. A photograph is 250,908 vectors
#
# Slide a 16 × 32 window over 427 × 640 pixels: 412 × 609 positions. Each shows a *patch*, a 512-d vector. Do they need
# 128 MB?
#
# An array is a block of bytes plus *strides*: how many bytes to jump for the next entry along each axis. A *view* is new
# strides on old bytes. Predict: is sliding a view or a copy? And flattening to rows?

# %%
small = np.arange(12, dtype=np.uint8).reshape(3, 4)
windows = np.lib.stride_tricks.sliding_window_view(small, (2, 2))  # (2, 3, 2, 2)
print("small:", small, "its window at row 1, column 2:", windows[1, 2], sep="\n")
print("strides", small.strides, "->", windows.strides, " shares memory:", np.shares_memory(small, windows))

windows = np.lib.stride_tricks.sliding_window_view(gray, (16, 32))  # (412, 609, 16, 32)
as_rows = windows.reshape(-1, 512)  # (250908, 512)
print("photograph:", gray.nbytes, "bytes")
print("windows:   ", "shares memory:", np.shares_memory(gray, windows))
print("as rows:   ", "shares memory:", np.shares_memory(gray, as_rows), f"{as_rows.nbytes / 1e6:.1f} MB")
del as_rows

# %% [markdown]
# One row down is 4 bytes, one column right is 1 byte: the same jumps move the window and move inside it. No byte was
# copied.

# %% [markdown]
# `reshape` to rows had to copy. The window printed above holds bytes 6, 7, 10 and 11: steps of 1, 3 and 1, and one stride
# cannot be both. `reshape` returns a view when it can and copies when it must, without a word.

# %% [markdown]
# **How alike are patches of a photograph?** Section 2 has a formula: $\mu^2 / (\mu^2 + \sigma^2)$, with the mean and the
# standard deviation of the entries. What will it give for grey levels? OpenCV's `matchTemplate` gives one patch's cosine
# with every window: raw, or with each window's mean removed.

# %%
print(f"formula for scattered pixels: {gray.mean() ** 2 / (gray.mean() ** 2 + gray.var()):.3f}")
ridge = gray[150:166, 206:238]  # the ridge of the second roof, with a strip of wall above it
print(f"the ridge and a flat patch:   {ridge.mean() / np.sqrt((ridge.astype(float) ** 2).mean()):.3f}")
raw_map = cv2.matchTemplate(gray, ridge, cv2.TM_CCORR_NORMED)  # (412, 609) cosines
centred_map = cv2.matchTemplate(gray, ridge, cv2.TM_CCOEFF_NORMED)  # (412, 609) cosines of mean-removed windows
figure, axes = plt.subplots(figsize=(8, 3.6))
for values, name, colour in ((raw_map, "raw", "tab:orange"), (centred_map, "mean removed", "tab:blue")):
    axes.hist(values.ravel(), bins=np.linspace(-0.6, 1, 81), color=colour, alpha=0.7, label=name)
    print(f"{name:13} mean {values.mean():+.3f}, above 0.9: {(values > 0.9).mean():.1%}")
axes.set(
    title="One patch against 250,908 windows of the photograph",
    xlabel="cosine (no unit)",
    ylabel="windows (count, logarithmic)",
    yscale="log",
)
axes.legend(loc="upper left")
show(
    figure,
    "Raw cosines lie between 0.45 and 1, with a spike at 0.97; mean-removed ones spread around 0, mostly within 0.4.",
)

# %% [markdown]
# The formula says 0.754, almost the 0.75 of `rand`. Raw windows lie higher still, because pixels of one window are alike.
# The spike is sky and water: all flat windows point along $(1, 1, \dots, 1)$, and the ridge has cosine 0.969 with that
# direction. Remove the mean, and they point nowhere in particular.
#
# Here is what you will build, as a loop:


# %%
def slow_patch_vectors(image, shape, step):
    h, w = shape
    rows = []
    for top in range(0, image.shape[0] - h + 1, step):
        for left in range(0, image.shape[1] - w + 1, step):
            patch = image[top : top + h, left : left + w].astype(np.float64).ravel()  # (h * w,)
            rows.append(patch - patch.mean())
    return np.array(rows, dtype=np.float32)


print(slow_patch_vectors(small, (2, 3), 1))

# %% [markdown] statement="patch_vectors"
# ### Exercise: patch_vectors
#
# Return what `slow_patch_vectors` returns, at least 10 times as fast for 240 × 320 pixels, `shape = (2, 3)` and `step = 1`.
#
# - `image` is `(H, W)` uint8, or float64 with absolute values below 1000; `shape = (h, w)` with `h, w >= 1`; `step >= 1`.
# - Windows start at rows `0, step, 2*step, ...` and columns likewise, as long as the whole window fits. Order: left to
#   right, then down. A window's pixels: row by row.
# - Each row has its own mean subtracted. Result `(N, h*w)` float32, tolerance 1e-3. Constant uint8 windows of up to 10,000
#   pixels give exact zeros.
# - A window larger than the image: `ValueError`. The image is not modified.

# %% [markdown] hints="patch_vectors"
# <details><summary>Hint 1: the idea</summary>
#
# A view can hold all windows at once. Decide what to do before the copy, and what after it.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `np.lib.stride_tricks.sliding_window_view` raises the `ValueError` for you. Slicing the view copies nothing.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `mean(axis=0)` averages a pixel position over all windows; you need the mean of each window. And uint8 minus a uint8
# mean wraps below zero.
#
# </details>


# %% exercise="patch_vectors" minutes=10 difficulty=3 question="Q01"
def patch_vectors(image: np.ndarray, shape: tuple[int, int], step: int) -> np.ndarray:
    """Cut an image into windows and return each as a vector without its mean.

    Args:
        image: (H, W) uint8 or float64, grey levels.
        shape: (h, w), height and width of a window in pixels.
        step: pixels from one window to the next, in both directions.

    Returns:
        (N, h * w) float32 grey levels relative to the window's mean; windows left to right, then down.

    Raises:
        ValueError: if a window is larger than the image.
    """
    ### BEGIN SOLUTION
    windows = np.lib.stride_tricks.sliding_window_view(image, shape)[::step, ::step]  # (rows, columns, h, w)
    vectors = windows.reshape(-1, shape[0] * shape[1]).astype(np.float32)  # (N, h * w)
    return vectors - vectors.mean(axis=1, keepdims=True)
    ### END SOLUTION


# %% test="patch_vectors" points=3
ramp = np.array([[0, 10, 20, 30], [40, 50, 60, 70], [80, 90, 100, 110]], np.uint8)
expect(patch_vectors, ramp, (2, 3), 1).close_to(
    np.array([[-30, -20, -10, 10, 20, 30]] * 4),
    atol=1e-3,
    mistakes={
        "The mean is still in: subtract each window's own.": np.array(
            [[0, 10, 20, 40, 50, 60], [10, 20, 30, 50, 60, 70], [40, 50, 60, 80, 90, 100], [50, 60, 70, 90, 100, 110]]
        ),
        "You subtracted the mean of each pixel position over all windows (axis=0).": np.array(
            [[-25] * 6, [-15] * 6, [15] * 6, [25] * 6]
        ),
        "Height and width are swapped.": np.array([[-45, -35, -5, 5, 35, 45]] * 3),
        "A uint8 cannot hold a negative difference: convert before you subtract.": np.array(
            [[226, 236, 246, 10, 20, 30]] * 4
        ),
        "The last row and column of windows are missing: count the positions.": np.array([[-30, -20, -10, 10, 20, 30]]),
        "The pixels of a window run down the columns: read them row by row.": np.array(
            [[-30, 10, -20, 20, -10, 30]] * 4
        ),
        "You also divided by the length: the task only removes the mean.": np.array([[-3, -2, -1, 1, 2, 3]] * 4)
        / np.sqrt(28),
    },
    cause="Windows are rows, and each loses its own mean, not the image's (keepdims=True keeps the means a column).",
).has_dtype(np.float32, cause="The task asks for float32: half the memory of float64.")
squares = (np.arange(16) ** 2).reshape(4, 4).astype(np.uint8)
expect(patch_vectors, squares, (2, 2), 2).close_to(
    np.array(
        [
            [-10.5, -9.5, 5.5, 14.5],
            [-20.5, -15.5, 11.5, 24.5],
            [-50.5, -33.5, 29.5, 54.5],
            [-60.5, -39.5, 35.5, 64.5],
        ]
    ),
    atol=1e-3,
    mistakes={
        "The windows run down first: go left to right, then down.": np.array(
            [
                [-10.5, -9.5, 5.5, 14.5],
                [-50.5, -33.5, 29.5, 54.5],
                [-20.5, -15.5, 11.5, 24.5],
                [-60.5, -39.5, 35.5, 64.5],
            ]
        ),
        "The mean was cut to a whole grey level: convert before you average.": np.array(
            [[-10, -9, 6, 15], [-20, -15, 12, 25], [-50, -33, 30, 55], [-60, -39, 36, 65]]
        ),
    },
    cause="Count the positions: `step` thins rows and columns of windows, so 2 x 2 windows remain.",
)
expect(patch_vectors, ramp, (4, 2), 1).raises(ValueError, cause="The window does not fit into the image.")
top_left = gray[:240, :320].copy()
expect_faster(
    patch_vectors, slow_patch_vectors, top_left, (2, 3), 1, times=10, cause="A Python step per window: take a view."
)


### BEGIN HIDDEN TESTS
def slow_patches(image, shape, step, centre=np.mean):
    h, w = shape
    rows = []
    for y in range(0, image.shape[0] - h + 1, step):
        for x in range(0, image.shape[1] - w + 1, step):
            window = image[y : y + h, x : x + w].astype(np.float64)
            rows.append((window - centre(window)).ravel())
    return np.array(rows)


rng = fresh_generator(31)
noise = rng.integers(0, 256, (13, 22)).astype(np.uint8)
for shape, step in (((3, 5), 1), ((3, 5), 4), ((5, 2), 3), ((1, 4), 2), ((4, 1), 7), ((13, 22), 1), ((2, 2), 50)):
    right = slow_patches(noise, shape, step)
    columns_first = [slow_patches(noise[:, x : x + shape[1]], shape, step) for x in range(0, 23 - shape[1], step)]
    expect(patch_vectors, noise, shape, step).has_shape(
        right.shape,
        cause="Count the positions: a window may touch the last row and column, and `step` thins both axes.",
    ).close_to(
        right,
        atol=1e-3,
        mistakes={
            "The windows run down first: go left to right, then down.": np.vstack(columns_first),
            "The mean was cut to a whole grey level: convert before you average.": slow_patches(
                noise, shape, step, centre=lambda window: np.floor(window.mean())
            ),
            "You subtracted the mean of the image: each window has its own.": slow_patches(
                noise, shape, step, centre=lambda window: noise.mean()
            ),
        },
        cause="A window has the wrong pixels, or not its own mean removed.",
    ).has_dtype(np.float32).leaves_arguments_alone()
expect(patch_vectors, noise, (1, 1), 1).returns(np.zeros((13 * 22, 1), np.float32))
floats = rng.standard_normal((9, 11)) * 100
expect(patch_vectors, floats, (4, 3), 2).close_to(
    slow_patches(floats, (4, 3), 2), atol=1e-3, cause="Float images have fractions and negative values: keep them."
).leaves_arguments_alone(cause="The window is a view: subtracting in place wrote into the image.")
expect(patch_vectors, np.full((20, 40), 200, np.uint8), (16, 32), 1).returns(
    np.zeros((45, 512), np.float32), cause="A constant window minus its mean is exactly zero."
)
expect(patch_vectors, noise.T[::2], (3, 4), 1).close_to(
    slow_patches(noise.T[::2], (3, 4), 1), atol=1e-3, cause="Wrong on a view: it has its own strides."
)
for shape in ((14, 5), (3, 23)):
    expect(patch_vectors, noise, shape, 1).raises(ValueError, cause="The window does not fit into the image.")
### END HIDDEN TESTS

# %% [markdown]
# ## 7. Top-k: partition, then sort
#
# You want the $k$ best of $n$ scores. Sorting all $n$ orders 99,990 losers for nothing. `np.argpartition` only moves the
# $k$ best to one end, in no order, in time proportional to $n$. Then you sort those $k$.

# %%
scores = np.array([0.3, 0.9, 0.1, 0.7, 0.5])
best = np.argpartition(scores, -3)[-3:]
print("best 3 of 5:", best, scores[best])
scores = np.random.default_rng(0).random(100_000)
best = np.argpartition(scores, -1000)[-1000:]
print("best 1,000 of 100,000: sorted?", bool((np.diff(scores[best]) >= 0).all()))

# %% [markdown]
# Five scores came out sorted: the accident of a small case.
#
# **Ties.** Equal scores need a rule, or the same search gives different answers on different machines. Ours: the smaller
# index first. `argpartition` knows no such rule. And are equal scores equal? Predict how many different cosines 59 copies
# of one row get:

# %%
rng = np.random.default_rng(0)
row, query = rng.standard_normal((2, 305), dtype=np.float32)
copies = np.tile(row / np.linalg.norm(row), (59, 1))  # (59, 305), all rows identical
query /= np.linalg.norm(query)
print("copies @ query: ", len(np.unique(copies @ query)), "different cosines")
print("one at a time:  ", len(np.unique([np.dot(copy, query) for copy in copies])), "different cosines")

# %% [markdown]
# With most BLAS builds `@` gives more than one value. It adds several rows side by side; the rows left over are added in
# another order, and their last digit differs. So `@` alone cannot keep a tie rule. Use it to *choose* candidates, with a
# margin, then score those few again, each row in the same way.
#
# Here is the specification as a loop: slow, but clear.


# %%
def slow_top_k(query, vectors, k):
    scores = [sum(float(x) * float(y) for x, y in zip(query, vector, strict=True)) for vector in vectors]
    ranking = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:k]
    return np.array(ranking, dtype=np.int64), np.array([scores[i] for i in ranking])


corners = np.array([[0.0, 1.0], [1.0, 0.0], [0.6, 0.8], [1.0, 0.0], [0.0, 0.0]])
print(slow_top_k(np.array([1.0, 0.0]), corners, 3))

# %% [markdown] statement="top_k"
# ### Exercise: top_k
#
# Return what `slow_top_k` returns, at least 10 times as fast on 4,000 vectors of 512 entries.
#
# - `query` is `(d,)`, `vectors` is `(n, d)`, both float32 or both float64, `n >= 0`, `d >= 1`. All have norm 1 (in float32
#   within 1e-6) or are all zeros, so dot products are cosines.
# - Result: a tuple of two arrays of `min(k, n)` entries: indices (int64), and cosines (float32 or float64, tolerance
#   1e-5), largest first.
# - Ties: smaller index first, also where the cut falls inside a tie. Identical rows tie; so do rows whose cosines need
#   no rounding (products of 0, 1 and −1). The other cosines that you have to rank are more than 1e-6 apart.
# - `k = 0` gives two empty arrays; `k < 0` raises `ValueError`.

# %% [markdown] hints="top_k"
# <details><summary>Hint 1: the idea</summary>
#
# Score all, find the k-th best, keep everything that could be as good, score these again without `@`, sort.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `np.partition` gives the k-th best *value*. `np.einsum`, or a product and `sum(axis=1)`, treats all rows alike.
# `np.argsort` has `kind="stable"`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# Reversing an ascending sort reverses the ties. `scores[-0:]` is everything, not nothing. And a partition raises if k
# exceeds n.
#
# </details>


# %% exercise="top_k" minutes=12 difficulty=4 question="Q03"
def top_k(query: np.ndarray, vectors: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The k vectors most similar to a query, exactly.

    Args:
        query: (d,) float32 or float64, of norm 1 or all zeros.
        vectors: (n, d), same dtype, rows of norm 1 or all zeros.
        k: how many, 0 or more; at most n are returned.

    Returns:
        (min(k, n),) int64 indices and (min(k, n),) cosines, largest first; ties by the smaller index.

    Raises:
        ValueError: if k is negative.
    """
    ### BEGIN SOLUTION
    if k < 0:
        raise ValueError(f"k must be 0 or more, got {k}")
    k = min(k, len(vectors))
    if k == 0:
        return np.zeros(0, np.int64), np.zeros(0)
    scores = vectors @ query  # (n,), fast, but the last digits may depend on a row's place
    threshold = np.partition(scores, len(scores) - k)[len(scores) - k]  # the k-th best score
    candidates = np.flatnonzero(scores >= threshold - 1e-5)  # every vector that may be among the best k
    cosines = np.einsum("ij,j->i", vectors[candidates].astype(np.float64), query.astype(np.float64))
    best = np.argsort(-cosines, kind="stable")[:k]
    return candidates[best], cosines[best]
    ### END SOLUTION


# %% test="top_k" points=4
plane = np.array([[0.0, 1.0], [1.0, 0.0], [0.6, 0.8], [1.0, 0.0], [-1.0, 0.0], [0.0, 0.0]])
east = np.array([1.0, 0.0])
expect(top_k, east, plane, 3).is_a(tuple, cause="Return two arrays: indices and cosines.").close_to(
    (np.array([1, 3, 2]), np.array([1.0, 1.0, 0.6])),
    atol=1e-5,
    mistakes={
        "Smallest cosines first: you want the largest.": (np.array([4, 0, 5]), np.array([-1.0, 0.0, 0.0])),
        "Right vectors, ascending order: best first, and ties by the smaller index.": (
            np.array([2, 1, 3]),
            np.array([0.6, 1.0, 1.0]),
        ),
        "Right vectors, but the tie goes to the larger index: a reversed sort and a partition lose the order.": (
            np.array([3, 1, 2]),
            np.array([1.0, 1.0, 0.6]),
        ),
        "You ranked by absolute value: cosine -1 is the opposite, not a match.": (
            np.array([1, 3, 4]),
            np.array([1.0, 1.0, -1.0]),
        ),
        "float16 is good to three digits only: keep the precision of the vectors.": (
            np.array([1, 3, 2]),
            np.array([1.0, 1.0, 0.6], np.float16),
        ),
        "Cosines first, then indices: swap the two.": (np.array([1.0, 1.0, 0.6]), np.array([1, 3, 2])),
        "Right vectors, ascending order: the best comes first, ties by the smaller index.": (
            np.array([2, 3, 1]),
            np.array([0.6, 1.0, 1.0]),
        ),
    },
    cause="These are not min(k, n) results, best first, ties by the smaller index.",
).satisfies(lambda v: np.asarray(v[0]).dtype == np.int64, "int64 indices", cause="Indices are whole numbers: int64.")
expect(top_k, east, plane, 0).close_to(
    (np.zeros(0), np.zeros(0)), cause="k = 0 asks for nothing: a slice [-0:] gives everything."
).satisfies(
    lambda v: np.asarray(v[0]).dtype == np.int64,
    "int64 indices",
    cause="Indices are whole numbers: int64, even where there are none.",
)
expect(top_k, east, plane, -1).raises(ValueError, cause="A negative k is an error: a slice would quietly accept it.")
expect(top_k, east, corners, 99).close_to(
    (np.array([1, 3, 2, 0, 4]), np.array([1.0, 1.0, 0.6, 0.0, 0.0])),
    atol=1e-5,
    cause="k may exceed n: then return all n, in order, ties by the smaller index.",
)
forty = np.eye(3)[np.arange(40) % 3]  # cosine 1 at 0, 3, ..., 39, and 0 elsewhere
expect(top_k, np.array([1.0, 0.0, 0.0]), forty, 20).close_to(
    (np.array([*range(0, 40, 3), 1, 2, 4, 5, 7, 8]), np.array([1.0] * 14 + [0.0] * 6)),
    atol=1e-5,
    cause="Ties go to the smaller index, also where the cut falls inside one: a reversed sort turns them round, a "
    "partition keeps any of them, and neither is in order.",
)
for seed in range(12):
    row, query = np.random.default_rng(seed).standard_normal((2, 305)).astype(np.float32)
    row, query = row / np.linalg.norm(row), query / np.linalg.norm(query)
    for count in (3, 7, 59):
        expect(top_k, query, np.tile(row, (count, 1)), 2).close_to(
            (np.array([0, 1]), np.full(2, np.dot(row, query))),
            atol=1e-5,
            cause="All rows are identical, so they tie. `@` may give equal rows different last digits: score the "
            "candidates again, each row in the same way.",
        )
units = np.random.default_rng(1).standard_normal((4000, 512), dtype=np.float32)
units /= np.linalg.norm(units, axis=1, keepdims=True)
expect_faster(
    top_k, slow_top_k, units[0], units, 10, times=10, cause="A Python loop over entries: one product gives all scores."
)
### BEGIN HIDDEN TESTS
expect(top_k, east, plane, 99).close_to(
    (np.array([1, 3, 2, 0, 5, 4]), np.array([1.0, 1.0, 0.6, 0.0, 0.0, -1.0])),
    atol=1e-5,
    cause="k may exceed n: then return all n, in order, ties by the smaller index.",
)
expect(top_k, east, plane, 6).close_to(
    (np.array([1, 3, 2, 0, 5, 4]), np.array([1.0, 1.0, 0.6, 0.0, 0.0, -1.0])), atol=1e-5, cause="k = n: return all."
)
expect(top_k, east, plane, 4).close_to(
    (np.array([1, 3, 2, 0]), np.array([1.0, 1.0, 0.6, 0.0])),
    atol=1e-5,
    cause="The cut falls between two equal cosines: keep the smaller index.",
)
expect(top_k, np.zeros(2), plane, 2).close_to(
    (np.array([0, 1]), np.zeros(2)), atol=1e-5, cause="A zero query ties with everything: smallest indices first."
)
expect(top_k, east, np.zeros((0, 2)), 3).close_to((np.zeros(0), np.zeros(0)), cause="No vectors: two empty arrays.")
rng = np.random.default_rng(41)
axis_rows = np.eye(4, dtype=np.float32)[rng.integers(0, 4, 3000)]
first_axis = np.flatnonzero(axis_rows[:, 0])
expect(top_k, np.array([1, 0, 0, 0], np.float32), axis_rows, 10).close_to(
    (first_axis[:10], np.ones(10)),
    atol=1e-5,
    cause="Hundreds of cosines tie at the cut: the smallest indices must survive it.",
)
expect(top_k, np.array([1, 0, 0, 0], np.float32), axis_rows, 2000).close_to(
    (np.concatenate([first_axis, np.flatnonzero(axis_rows[:, 0] == 0)])[:2000], np.arange(2000) < len(first_axis)),
    atol=1e-5,
    cause="Among equal cosines the order is by index: a sort that is not stable loses it.",
)


def slow_search(query, vectors, k):
    scores = [sum(float(x) * float(y) for x, y in zip(query, vector, strict=True)) for vector in vectors]
    ranking = sorted(range(len(scores)), key=lambda i: (-scores[i], i))[:k]
    return np.array(ranking, dtype=np.int64), np.array([scores[i] for i in ranking])


many = rng.standard_normal((4000, 512)).astype(np.float32)
many /= np.linalg.norm(many, axis=1, keepdims=True)
many = many[fresh_generator(42).permutation(len(many))]  # another order, but no new cosines that nearly tie
for query, count in ((many[17], 10), (many[5] * np.float32(-1), 1)):
    expect(top_k, query, many, count).close_to(
        slow_search(query, many, count), atol=1e-5, cause="Wrong on 4,000 random vectors."
    ).satisfies(
        lambda v: np.asarray(v[0]).dtype == np.int64, "int64 indices", cause="Indices are whole numbers: int64."
    ).leaves_arguments_alone()
for _ in range(30):
    count, size = int(rng.integers(3, 60)), int(rng.integers(2, 600))
    kind = rng.choice([np.float32, np.float64])
    originals = rng.standard_normal((count // 2 + 1, size)).astype(kind)
    originals /= np.linalg.norm(originals, axis=1, keepdims=True)
    twins = originals[rng.integers(0, len(originals), count)]
    wanted = int(rng.integers(1, count + 1))
    expect(top_k, originals[0], twins, wanted).close_to(
        slow_search(originals[0], twins, wanted),
        atol=1e-5,
        cause="Identical rows tie, by the smaller index: score candidates again, each row in the same way.",
    )
few = rng.standard_normal((9, 3))
few /= np.linalg.norm(few, axis=1, keepdims=True)
expect(top_k, few[4], np.asfortranarray(few)[::2], 5).close_to(
    slow_search(few[4], few[::2], 5), atol=1e-5, cause="Wrong on a view: it has its own strides."
)
for count in range(1, 10):
    expect(top_k, few[4], few, count).close_to(slow_search(few[4], few, count), atol=1e-5, cause="Wrong for this k.")
for count in (40, 80, 100, 120, 140, 160, 200, 260):
    spread = np.linspace(-1, 1, 301)[rng.permutation(301)]  # cosines far apart: none may be missed
    circle = np.stack([spread, np.sqrt(1 - spread**2)], axis=1)
    expect(top_k, east, circle, count).close_to(
        slow_search(east, circle, count),
        atol=1e-5,
        cause="Some of the best are missing: after a partition at position p only position p holds the value of a sort.",
    )
### END HIDDEN TESTS

# %% [markdown]
# **Search the photograph**, with your `patch_vectors` and `top_k`. The query is the ridge of the second roof. Predict: where will the
# raw pixels find "the same"?

# %%
step = 2
columns = (gray.shape[1] - 32) // step + 1  # windows per row of windows
centred = patch_vectors(gray, (16, 32), step)  # (62830, 512)
norms = np.linalg.norm(centred, axis=1, keepdims=True)  # (62830, 1)
centred /= np.maximum(norms, 0.5)  # flat windows stay zero; one pixel off by one level already gives 0.999
ridge_index = 150 // step * columns + 206 // step  # the window at pixel row 150, column 206
order, cosines = top_k(centred[ridge_index], centred, len(centred))
yours = [(int(i) // columns * step, int(i) % columns * step, float(c)) for i, c in zip(order, cosines, strict=True)]
print("best three (row, column, cosine):", yours[:3])

# %% [markdown]
# Neighbours nearly repeat each other. So the figure keeps only windows that do not overlap a better one: rank 0 is the
# ridge itself, 1 to 6 are its matches.


# %%
def ranked(cosine_map):
    """Return (y, x, cosine) of all windows at even positions, best first."""
    order = np.argsort(-cosine_map[::2, ::2], axis=None, kind="stable")
    ys, xs = np.unravel_index(order, cosine_map[::2, ::2].shape)
    return [(2 * int(y), 2 * int(x), float(cosine_map[2 * y, 2 * x])) for y, x in zip(ys, xs, strict=True)]


def apart(windows, count):
    """Return the first ``count`` windows of 16 x 32 pixels that do not overlap an earlier one."""
    kept = []
    for y, x, cosine in windows:
        if all(abs(y - v) >= 16 or abs(x - u) >= 32 for v, u, _ in kept):
            kept.append((y, x, cosine))
        if len(kept) == count:
            break
    return kept


figure, axes = plt.subplots(1, 3, figsize=(15, 3.2), layout="constrained")
panels = {
    "Raw pixels": ranked(raw_map),
    "Mean removed, yours": yours,
    "Mean removed, expected (OpenCV)": ranked(centred_map),
}
for axis, (title, windows) in zip(axes, panels.items(), strict=True):
    axis.imshow(gray, cmap="gray")
    axis.set(xlabel="x (pixels)", ylabel="y (pixels)", xlim=(90, 590), ylim=(300, 90))
    found = apart(windows, 7)
    for rank, (y, x, _) in enumerate(found):
        colour = "tab:orange" if rank else "white"
        axis.add_patch(plt.Rectangle((x, y), 32, 16, fill=False, edgecolor=colour, linewidth=2))
        axis.text(x + 16, y + 8, rank, ha="center", va="center", fontsize=8, bbox={"color": "white", "pad": 0.5})
    axis.set_title(f"{title}\nsix matches, cosine {found[1][2]:.2f} to {found[-1][2]:.2f}")
show(
    figure, "All six raw matches lie in open water at 0.97; all six mean-removed ones on the tower, yours as OpenCV's."
)

# %% [markdown]
# Raw pixels find open water at 0.97, six times: flat, like the average of the ridge. Without the mean you find the tower's
# other ridges, ledges and eaves, at 0.4 to 0.5. Lower numbers, better matches: a cosine ranks, it does not grade.

# %% [markdown]
# ## Measure it
#
# 100,000 of your unit vectors, one query, the best ten. Rank these six searches on paper before you run them.

# %%
vectors = np.concatenate([random_unit_vectors(10_000, 512, seed) for seed in range(10)])  # (100000, 512) float32
rng = np.random.default_rng(0)
queries = vectors[:64] + 0.02 * rng.standard_normal((64, 512), dtype=np.float32)
queries /= np.linalg.norm(queries, axis=1, keepdims=True)
query = queries[0]


def seconds(work, repeats):
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


times = {
    "slow_top_k (4,000 rows, times 25)": seconds(lambda: slow_top_k(query, vectors[:4_000], 10), 1) * 25,
    "np.dot per row, sorted": seconds(lambda: sorted([-np.dot(query, row) for row in vectors])[:10], 1),
    "one product, full argsort": seconds(lambda: np.argsort(vectors @ query)[-10:], 10),
    "one product, argpartition": seconds(lambda: np.argpartition(vectors @ query, -10)[-10:], 10),
    "your top_k": seconds(lambda: top_k(query, vectors, 10), 5),
    "64 queries at once, argpartition": seconds(lambda: np.argpartition(queries @ vectors.T, -10)[:, -10:], 3) / 64,
}
figure, axes = plt.subplots(figsize=(9, 3.4), layout="constrained")
axes.plot([1e3 * value for value in times.values()], list(times), "o", color="tab:blue", markersize=8)
for row, value in enumerate(times.values()):
    axes.text(1.35e3 * value, row, f"{1e3 * value:,.1f} ms", va="center")
axes.set(title="Best ten of 100,000 vectors of 512 entries", xlabel="time per query (ms, logarithmic)", xscale="log")
axes.set_xlim(0.5, 1e5)
axes.grid(axis="x", alpha=0.4)
axes.invert_yaxis()
show(figure, "Seconds for slow_top_k, near 100 ms for a loop over rows, about ten for one product, less in a batch.")
print(f"slow_top_k / your top_k: {times['slow_top_k (4,000 rows, times 25)'] / times['your top_k']:,.0f}")

# %% [markdown]
# One NumPy call per row already wins most of the factor. A full sort adds visibly to the product; your rule for ties
# costs almost nothing. And a batch is cheaper: one query reads all 204.8 MB, and 64 queries read them together.

# %% [markdown]
# ## Where it breaks
#
# Near-duplicates. You have cosines in float32 and want distances, so you use $\sqrt{2 - 2\cos}$. Take a patch, change
# it by less and less, and compare with the true distance. Where will the formula fail?

# %%
rng = np.random.default_rng(3)
patch = ridge.ravel() / np.linalg.norm(ridge)  # (512,) float64, norm 1
true, formula, direct = [], [], []
for change in np.geomspace(1e-8, 1e-1, 140):
    noise = rng.standard_normal(512)
    changed = patch + change * noise / np.linalg.norm(noise)
    changed /= np.linalg.norm(changed)
    p, c = patch.astype(np.float32), changed.astype(np.float32)
    true.append(np.linalg.norm(patch - changed))
    formula.append(np.sqrt(np.maximum(2 - 2 * (p @ c), 0)))  # without maximum: NaN where the cosine exceeds 1
    direct.append(np.linalg.norm(p - c))
true, formula, direct = np.array(true), np.array(formula), np.array(direct)

one_level = ridge.astype(np.float64).ravel()
one_level[0] += 1
one_level = np.linalg.norm(patch - one_level / np.linalg.norm(one_level))
figure, axes = plt.subplots(figsize=(8, 4.6), layout="constrained")
axes.loglog(true, true, color="black", linewidth=1, label="exact")
kept, lost = formula > 0, formula == 0
axes.loglog(true[kept], formula[kept], "o", color="tab:orange", markersize=5, label="float32: sqrt(2 - 2 cos)")
axes.loglog(true, direct, ".", color="tab:blue", markersize=5, label="float32: subtract, then norm")
axes.axhspan(1e-9, 5e-9, color="lightgray")
axes.loglog(true[lost], np.full(lost.sum(), 2.2e-9), "x", color="tab:orange", markersize=5)
axes.text(1e-3, 2.2e-9, "the formula gave 0 or NaN", va="center", fontsize=9)
axes.axvline(one_level, color="gray", linestyle=":", label="one pixel, one grey level")
axes.set(
    title="Distance between two nearly equal unit vectors",
    xlabel="true distance (no unit)",
    ylabel="computed distance (no unit)",
    ylim=(1e-9, 0.3),
)
axes.legend(fontsize=9, loc="upper left")
show(
    figure,
    "The formula leaves the exact line near 0.0005, and gives steps, 0 or NaN below; subtracting first follows it to 1e-7.",
)
near = (true > 5e-8) & (true < 2e-7)
print(f"subtract first, relative error near 1e-7: {np.median(np.abs(direct[near] / true[near] - 1)):.0%}")

# %% [markdown]
# Near 1, neighbouring float32 numbers are $6 \times 10^{-8}$ apart. Subtracting two nearly equal numbers cancels the
# digits they share and keeps the rounding: *catastrophic cancellation*. The square root turns $10^{-7}$ into
# $3 \times 10^{-4}$: as much as half a grey level in one pixel.

# %% [markdown]
# **The fix:** subtract first, $\lVert a - b \rVert$. That loses nothing more; what stays is the float32 rounding of the
# entries, a few per cent at $10^{-7}$. Below about 0.0003 the *ranking* by cosine is noise too: take more candidates than you need
# and rank them again by this distance. Clipping at 0 only hides the NaN.

# %% [markdown]
# ## Your answer
#
# Write it as you would say it, with numbers where you have them.

# %% [markdown] statement="nearest_of_many"
# ### Exercise: nearest_of_many
#
# "You have 100,000 image embeddings of 512 dimensions and one query. How do you make test data, compare two vectors,
# and find the ten nearest? What fails silently?" Answer in 120 to 250 words. Each item has two parts of half a point:
#
# 1. Test data: (a) which distribution, with a seed, and why not `rand`; (b) shape and bytes.
# 2. Dot product: (a) `@` against `np.dot` on batches; (b) integer overflow.
# 3. Cosine: (a) normalise once, then one product; (b) a rule for zero vectors and why.
# 4. Search: (a) choose without sorting everything, with a measured time; (b) a rule for ties, or one limit of float32.

# %% [markdown] written="nearest_of_many" points=4 minutes=10 difficulty=3 question="Q03"
# A 512-d vector has shape `(512,)`, one axis. For test data I draw `default_rng(seed).standard_normal((100_000, 512))` and
# normalise the rows: directions are uniform and cosines are near 0. `rand` is all positive; its cosines are near 0.75. In
# float32 a vector is 2,048 bytes and the set 204.8 MB.
#
# For batches I use `@`; `np.dot` on 3-D arrays pairs every matrix with every other. Integer inputs are widened before the
# product, since int8 and uint8 wrap silently.
#
# I normalise once, so that cosine is a dot product, and one matrix-vector product scores everything. A zero vector has no
# direction: 0 / 0 is NaN, which wins or vanishes with the direction of the sort. I define its cosine as 0.
#
# A partition finds the k-th best score. I keep everything within a small margin of it, score those rows again in float64,
# all in the same way, and sort by score, then index: `@` may give identical rows different last digits. Here that took
# 10 to 20 ms, hundreds of times faster than a loop over entries in Python.
#
# In float32, √(2 − 2cos) is coarse below about 0.001 and noise below 0.0003. For near-duplicates I rank more candidates by the norm of the
# difference.

# %% [markdown]
# **Follow-up questions.** Answer aloud before you unfold.
#
# <details><summary>Why does attention divide its dot products by √d?</summary>
#
# A score of entries with variance 1 has variance d. At d = 512 softmax then picks one key, and learning stalls.
#
# </details>
# <details><summary>Is 1 − cosine a metric?</summary>
#
# No. Take unit vectors at 0°, 45° and 90°: 0.293 + 0.293 is less than 1, so the triangle inequality fails. The angle and
# the Euclidean distance of unit vectors are metrics.
#
# </details>
# <details><summary>When would you rank by the plain dot product?</summary>
#
# When the norm carries meaning, for instance popularity in a recommender trained that way.
#
# </details>
# <details><summary>And 100 million vectors?</summary>
#
# 205 GB in float32, and a thousand times the time. Then store fewer bytes per vector, split the set over machines, or
# accept an approximate index, and measure its recall against this exact search.
#
# </details>

# %% [markdown]
# **Back to the first answer.**
#
# - `rand` gives cosines of 0.75, not 0.
# - `np.dot` on batches pairs everything with everything, and integers wrap.
# - Dividing by norms makes NaN of a zero vector.
# - A loop over the rows is about ten times too slow, one over the entries hundreds, and a plain sort has no rule for ties.

# %% [markdown]
# ## Take-away
#
# - You hit the limit of 64 axes, and made 512-d vectors with one.
# - You measured cosines of 0.75 for `rand`, 0 for normals, and saw raw photographs behave like `rand`.
# - You stopped integers from wrapping, and softmax from saturating and overflowing.
# - You computed all cosines at once, with a rule for zero vectors and for ties.
# - You searched 100,000 vectors, and saw where float32 cosines end.

# %% [markdown]
# ## Sources
#
# - C. R. Harris et al., "Array programming with NumPy", *Nature* 585, 2020.
# - R. Kern, "NEP 19: Random number generator policy", 2018.
# - NumPy developers, "NumPy 2.0.0 release notes", 2024 (64 axes).
# - M. E. Muller, "A note on a method for generating points uniformly on n-dimensional spheres", *Communications of the ACM*
#   2(4), 1959.
# - A. Vaswani et al., "Attention is all you need", *NeurIPS*, 2017.
# - D. Goldberg, "What every computer scientist should know about floating-point arithmetic", *ACM Computing Surveys*
#   23(1), 1991.
