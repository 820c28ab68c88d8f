# %% [markdown] minutes=90 seconds=45 megabytes=1200
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
# What is wrong with it? Find at least three things before you go on.

# %% [markdown]
# ## What you will be able to do
#
# - make a reproducible random embedding, and state its shape, dtype and bytes before NumPy does;
# - multiply vectors, matrices and integer images without a silent error;
# - compute all cosines between two sets at once, zero vectors included;
# - search 100,000 vectors exactly, hundreds of times faster than a Python loop.

# %% [markdown]
# **You need** Python functions and loops, and what an array's `shape` and `dtype` are. No other lesson comes first.
#
# **Not here:** learned embeddings, approximate indexes, GPUs.
#
# **Time:** about 90 minutes, 60 of them writing code. The photograph is real: a tower of the Summer Palace in Beijing,
# by danielbuechele (CC BY 2.0).

# %%
import time

import cv2
import matplotlib.pyplot as plt
import numpy as np
import torch

from autograder.expect import expect, expect_faster
from autograder.figures import show

gray = cv2.imread("images/china.jpg", cv2.IMREAD_GRAYSCALE)  # (427, 640) uint8
if gray is None:
    raise FileNotFoundError("images/china.jpg is not here: start the notebook in its own folder.")
print(gray.shape, gray.dtype)

# %% [markdown]
# **Commit to a number.** Draw two vectors with `np.random.rand(512)`. What is their cosine? Cosine is 1 for the same
# direction, 0 for perpendicular ones, −1 for opposite ones. Put your guess below. Section 2 draws it beside the
# measurement.

# %%
my_guess = 0.0  # change this before you run it

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
# NumPy 2 allows 64 axes (NumPy 1 allowed 32). That is no loss: with two entries per axis, 64 axes already hold
# $2^{64}$ numbers.
#
# Three shapes are easily confused: `(512,)` is a vector, `(1, 512)` a row matrix, `(512, 1)` a column matrix.

# %% [markdown]
# **Seeds.** A `Generator` is a stream of numbers. The seed fixes where the stream starts; every call moves it on.
# `np.random.rand` draws from one hidden global stream instead, which any imported library may move.
# Predict: which of these three vectors are equal?

# %% [markdown]
# **Bytes** are entries times bytes per entry. Fill this table in your head, then run the cell.
#
# | array | entries | bytes each | bytes |
# |---|---|---|---|
# | one vector, float64 | 512 | 8 | ? |
# | one vector, float32 | 512 | 4 | ? |
# | 100,000 vectors, float32 | 51,200,000 | 4 | ? |

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
# The promise is narrow: same seed, same calls, same NumPy build, same machine. A new NumPy release may change a
# `Generator`'s numbers (NEP 19). To repeat a result years later, store the array, not the seed.

# %% [markdown]
# ## 2. Why `rand` makes useless embeddings
#
# `rand` is uniform on $[0, 1)$. No entry is negative, so all vectors sit in one corner of space. Cosine is
# $\dfrac{a \cdot b}{\lVert a \rVert \lVert b \rVert}$. Over many independent entries $x$ and $y$, sums become means:
#
# $$\cos \approx \frac{E[xy]}{E[x^2]} = \frac{E[x]^2}{E[x]^2 + \mathrm{Var}[x]} = \frac{1/4}{1/4 + 1/12} = \frac{3}{4}$$

# %% [markdown]
# A standard normal has $E[x] = 0$, so the cosine is near 0. How near? $a \cdot b$ sums 512 products of variance 1, so its
# spread is $\sqrt{512}$. The norms multiply to about 512. That leaves a spread of $1/\sqrt{512} \approx 0.044$.
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
    lengths = np.sqrt((a * a).sum(axis=1) * (b * b).sum(axis=1))  # (10000,)
    cosines = (a * b).sum(axis=1) / lengths  # row i of a with row i of b
    axes.hist(cosines, bins=60, color=colour, alpha=0.8, label=name)
    print(f"{name:24} mean {cosines.mean():.4f}  spread {cosines.std():.4f}")
axes.axvline(my_guess, color="black", linestyle="--", label="your guess")
axes.set(title="Cosine of 10,000 pairs of random 512-d vectors", xlabel="cosine (no unit)", ylabel="pairs (count)")
axes.legend()
show(figure, "Two separate histograms: uniform pairs near 0.75, normal pairs near 0 with a spread of 0.044.")

# %% [markdown]
# They are far apart. With `rand`, a search test would report every pair as 0.75 alike.
#
# Centring is not enough either. Uniform on $[-1, 1)$ fills a cube, and a cube has more room towards its corners.
# Only the normal distribution, divided by its length, prefers no direction.

# %% [markdown] statement="random_unit_vectors"
# ### Exercise: random_unit_vectors
#
# Return `count` random directions in `dim` dimensions.
#
# - Shape `(count, dim)`, dtype float32, for `count >= 0`, `dim >= 1`, `seed >= 0`. `count=0` gives shape `(0, dim)`.
# - Every row has length 1 within 1e-5.
# - No direction is preferred, and rows are independent of each other.
# - The same three arguments give the same array on every call; another seed gives another array.

# %% [markdown] hints="random_unit_vectors"
# <details><summary>Hint 1: the idea</summary>
#
# A vector of independent standard normals points in every direction equally often. Then make each row one long.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `np.random.default_rng`, `Generator.standard_normal`, and `np.linalg.norm` with its `axis` and `keepdims`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# One norm for the whole array makes the *array* one long, not each row. And a generator created outside the function
# goes on where the last call stopped.
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
        (count, dim) float32, every row of length 1.
    """
    ### BEGIN SOLUTION
    vectors = np.random.default_rng(seed).standard_normal((count, dim))
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)  # (count, 1)
    return (vectors / lengths).astype(np.float32)
    ### END SOLUTION


# %% test="random_unit_vectors" points=3
expect(random_unit_vectors, 3, 8, seed=1).has_shape(
    (3, 8), cause="One vector per row: `count` rows of `dim` entries."
).has_dtype(np.float32, cause="NumPy draws float64; twice the bytes that were asked for.").satisfies(
    lambda v: not np.isclose((v**2).sum(), 1.0),
    "three rows of length 1, so squares that sum to 3",
    cause="You divided by one norm of the whole array: each row needs its own.",
).satisfies(
    lambda v: np.allclose((v**2).sum(axis=1), 1.0, atol=2e-5),
    "rows of length 1",
    cause="The rows are not unit vectors: divide each row by its own length.",
).satisfies(
    lambda v: not np.allclose(v[0], v[1]),
    "rows that differ",
    cause="All rows are the same vector: draw count * dim numbers from one stream.",
)
again = expect(random_unit_vectors, 3, 8, seed=1).value
expect(random_unit_vectors, 3, 8, seed=1).returns(
    again, cause="A second call gave other numbers: start a new stream from the seed inside the function."
)
### BEGIN HIDDEN TESTS
expect(random_unit_vectors, 3, 8, seed=2).satisfies(
    lambda v: not np.allclose(v, again),
    "another array than with seed=1",
    cause="The seed makes no difference: pass it on to the generator.",
)
for count, dim in ((0, 5), (1, 1), (7, 3), (2, 512)):
    expect(random_unit_vectors, count, dim, seed=3).has_shape(
        (count, dim), cause="One vector per row, whatever the count."
    ).has_dtype(np.float32).satisfies(
        lambda v: np.allclose((v.astype(np.float64) ** 2).sum(axis=1), 1.0, atol=2e-5), "rows of length 1"
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
    "cosines with a spread of 1/sqrt(512) = 0.044",
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
# ## 3. The dot product, and three ways to get it wrong
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
# with every matrix of `right`: 64 products, 8 times the memory. No error is raised. Use `@`.

# %% [markdown]
# **Silent overflow.** The result of a dot product keeps the inputs' integer dtype. An int8 holds −128 to 127 and
# wraps around modulo 256. So $(100, 100) \cdot (2, 2) = 400$ becomes $400 - 512 = -112$. The next cell prints it.

# %% [markdown]
# Photographs are uint8. Cut ours into tiles of 16 × 32 pixels: each is a vector of 512 grey levels. The dot
# product of a tile with itself is its *energy*, large where the tile is bright.
#
# Before you run it: what will the right picture look like?

# %%
print(np.array([100, 100], np.int8) @ np.array([2, 2], np.int8))
tiles = gray[:416].reshape(26, 16, 20, 32).swapaxes(1, 2).reshape(26, 20, 512)
as_floats = np.einsum("ijk,ijk->ij", tiles.astype(float), tiles.astype(float))  # (26, 20)
as_bytes = np.einsum("ijk,ijk->ij", tiles, tiles)  # (26, 20) uint8
figure, axes = plt.subplots(1, 3, figsize=(11, 3), layout="constrained")
axes[0].imshow(gray, cmap="gray")
axes[0].set(title="Photograph", xlabel="x (pixels)", ylabel="y (pixels)")
for axis, energy, title in ((axes[1], as_floats, "Energy in float64"), (axes[2], as_bytes, "Energy in uint8")):
    shown = axis.imshow(energy, cmap="viridis", aspect=0.5)
    axis.set(title=title, xlabel="tile column", ylabel="tile row")
    figure.colorbar(shown, ax=axis, label="energy (grey level squared)", shrink=0.75)
show(figure, "The float64 energies are a coarse copy of the photograph; the uint8 energies are noise from 0 to 255.")

# %% [markdown]
# Noise. `np.sum(a * b)` does not save you: the sum is wide, but each product has wrapped already.
#
# The mend is to widen *before* multiplying. How wide? A product of two uint16 reaches $2^{32}$, and a million of them
# $2^{52}$. float32 counts exactly only to $2^{24}$.

# %% [markdown] statement="integer_dot"
# ### Exercise: integer_dot
#
# Return the exact dot product of two integer vectors as a Python `int`.
#
# - `a` and `b` have dtype int8, uint8, int16 or uint16, not necessarily the same, and 0 to 1,000,000 entries.
# - No entries: 0.
# - If either array is not 1-D, or the lengths differ, raise `ValueError`. Nothing is broadcast.

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
        ValueError: if an array is not 1-D or the lengths differ.
    """
    ### BEGIN SOLUTION
    if a.ndim != 1 or a.shape != b.shape:
        raise ValueError(f"need two vectors of one length, got shapes {a.shape} and {b.shape}")
    return int(a.astype(np.int64) @ b.astype(np.int64))
    ### END SOLUTION


# %% test="integer_dot" points=2
expect(integer_dot, np.array([100, 100], np.int8), np.array([2, 2], np.int8)).returns(
    400, mistakes={"The sum has wrapped around in int8: widen before you multiply.": -112}
).is_a(int, cause="The task asks for a Python int.")
expect(integer_dot, np.array([1, 2, 3], np.int16), np.array([5], np.int16)).raises(
    ValueError, cause="The single entry was broadcast: compare the lengths first."
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
long = np.random.default_rng(0).integers(0, 65536, (2, 200_000)).astype(np.uint16)
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
expect(integer_dot, np.eye(2, dtype=np.int8), np.eye(2, dtype=np.int8)).raises(
    ValueError, cause="Matrices are not vectors: check the number of axes."
)
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
# Attention scores a query against keys by dot products, and turns the scores into weights by softmax:
# $w_j = e^{s_j} / \sum_i e^{s_i}$. Scores 0 and $\ln 3$ give weights $1/4$ and $3/4$.
#
# If entries have mean 0 and variance 1, a score sums $d$ products of variance 1: variance $d$.

# %% [markdown]
# Large scores make softmax extreme: scores 0 and 8 give weights 0.0003 and 0.9997. The query then sees one key, and
# gradients vanish. Dividing by $\sqrt{d}$ brings the variance back to 1.
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
axes[0].set(title="Variance of the scores", xlabel="vector size d (entries)", ylabel="variance (no unit)")
axes[1].set(
    title="Entropy of the weights, 64 keys", xlabel="vector size d (entries)", ylabel="entropy (bits)", ylim=(0, 6)
)
axes[0].legend()
show(figure, "Unscaled variance grows as d while entropy falls from about 5.5 bits to near 0; scaled, both stay level.")
print(f"d = 512: {entropy['unscaled'][9]:.2f} bits unscaled, {entropy['divided by sqrt(d)'][9]:.2f} bits scaled")

# %% [markdown]
# The scaled weights do not care about $d$. One danger is left: in float64 `np.exp` overflows from 710 on, and `inf / inf`
# is NaN. Softmax does not change when you subtract one number from all scores of a query. That is your way out.

# %% [markdown] statement="attention_weights"
# ### Exercise: attention_weights
#
# Return $\mathrm{softmax}(QK^\top / \sqrt{d})$, normalised over the keys.
#
# - `queries` is `(..., n, d)`, `keys` is `(..., m, d)`, both float32 or float64, with the same leading axes (none, one or
#   more) and `n, m, d >= 1`. The result is `(..., n, m)`.
# - Tolerance 1e-6. Scaled scores are below 10 in size for float32, and up to 1e6 for float64: weights stay finite.
# - The inputs are not modified.

# %% [markdown] hints="attention_weights"
# <details><summary>Hint 1: the idea</summary>
#
# Three steps: all scores in one batched product, scale, softmax along the axis that counts keys.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `@`, `np.swapaxes`, and `max` and `sum` with `axis` and `keepdims`.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `.T` reverses *all* axes: on a batch it moves the batch axis too. `/=` writes into the caller's array. A maximum over
# everything instead of per query can push a whole row to 0 / 0.
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
query = np.array([[2 * np.log(3), 0.0, 0.0, 0.0]])  # d = 4: scores 2 ln 3 and 0, scaled ln 3 and 0
two_keys = np.array([[1.0, 0.0, 0.0, 0.0], [0.0, 1.0, 0.0, 0.0]])
expect(attention_weights, query, two_keys).close_to(
    np.array([[0.75, 0.25]]),
    atol=1e-6,
    mistakes={
        "You did not scale the scores by 1/sqrt(d).": np.array([[0.9, 0.1]]),
        "You divided by d, not by its square root.": np.array([[0.6339746, 0.3660254]]),
        "You normalised over the queries: weights of one query must sum to 1.": np.array([[1.0, 1.0]]),
        "These are scores: the softmax is missing.": np.array([[np.log(3), 0.0]]),
        "All keys weigh the same: the scores are not used.": np.array([[0.5, 0.5]]),
        "You scaled by the number of keys, not by the vector size.": np.array([[0.8254435, 0.1745565]]),
    },
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(11)


def torch_weights(q, k):
    scores = torch.from_numpy(q) @ torch.from_numpy(k).transpose(-1, -2)
    return torch.softmax(scores / q.shape[-1] ** 0.5, dim=-1).numpy()


q, k = rng.standard_normal((3, 6)), rng.standard_normal((5, 6))
raw = q @ k.T / np.sqrt(6)
powers = np.exp(raw)
expect(attention_weights, q, k).has_shape((3, 5), cause="One row per query, one column per key.").close_to(
    torch_weights(q, k),
    atol=1e-6,
    mistakes={
        "You normalised over the queries: weights of one query must sum to 1.": powers / powers.sum(axis=0),
        "You normalised over all scores together: each query has its own softmax.": powers / powers.sum(),
        "You scaled by the number of keys, not by the vector size.": torch_weights(q * np.sqrt(6 / 5), k),
        "You scaled by the number of queries, not by the vector size.": torch_weights(q * np.sqrt(6 / 3), k),
    },
).leaves_arguments_alone(cause="An in-place operation wrote into the caller's array: make a new one.")
cube_q, cube_k = rng.standard_normal((3, 3, 3)), rng.standard_normal((3, 3, 3))
expect(attention_weights, cube_q, cube_k).close_to(
    torch_weights(cube_q, cube_k),
    atol=1e-6,
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
    ).close_to(torch_weights(q, k), atol=1e-6, cause="Wrong on a batch: every leading index is its own problem.")
q, k = rng.standard_normal((4, 2, 6))[:, :, ::2], rng.standard_normal((5, 2, 3))
expect(attention_weights, q.swapaxes(0, 1), k.swapaxes(0, 1)).close_to(
    torch_weights(q.swapaxes(0, 1), k.swapaxes(0, 1)), atol=1e-6, cause="Wrong on a view: it has its own strides."
)
q, k = (rng.standard_normal(s).astype(np.float32) for s in ((2, 4, 16), (2, 9, 16)))
expect(attention_weights, q, k).close_to(torch_weights(q, k), atol=1e-6).leaves_arguments_alone()
large = np.array([[1e3], [-1e3]])
expect(attention_weights, large, np.array([[1e3], [-1e3], [0.0]])).close_to(
    np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]),
    atol=1e-6,
    cause="exp overflowed (or a whole row fell to 0 / 0): subtract each query's largest score first.",
)
expect(attention_weights, np.array([[1e3], [1.0]]), np.array([[-1e3], [-1e3]])).close_to(
    np.full((2, 2), 0.5),
    atol=1e-6,
    cause="A whole row fell to 0 / 0: subtract each query's own largest score.",
)
expect(attention_weights, np.array([[1.0], [1e3]]), np.array([[1e3], [999.0]])).close_to(
    np.array([[1 / (1 + np.exp(-1)), 1 / (1 + np.exp(1))], [1.0, 0.0]]),
    atol=1e-6,
    mistakes={"You clipped the scores: 1000 and 999 are not the same.": np.full((2, 2), 0.5)},
    cause="One maximum for all queries pushes the weaker query to 0 / 0: subtract each query's own.",
)
### END HIDDEN TESTS

# %% [markdown]
# ## 5. Cosine similarity, all pairs at once
#
# Take $a = (3, 4)$ and $b = (4, 3)$. The dot product is 24 and both lengths are 5, so the cosine is $24/25 = 0.96$.
#
# Divide by the lengths first: $\hat a = (0.6, 0.8)$, $\hat b = (0.8, 0.6)$. Now the dot product *is* the cosine.

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
# **All pairs.** Rows of A against rows of B: entry $(i, j)$ of $A B^\top$ is $a_i \cdot b_j$. One matrix product holds
# every pair.
#
# **Zero vectors** have no direction: their cosine is 0 / 0. A black image is one, and so is a flat patch without its
# mean. Predict: where does a NaN end up when you sort?

# %%
scores = np.array([0.2, np.nan, 0.9, 0.5])
print("the two best by argsort:     ", np.argsort(scores)[-2:])
print("the two best by argpartition:", np.argpartition(scores, -2)[-2:])

# %% [markdown]
# NumPy sorts NaN last, so index 1, the NaN, counts as the largest: one black image wins every search. Our rule: the
# cosine with a zero vector is 0.
#
# The usual patch, 1e-8 added to each length, is another trap: it bends the cosines of short vectors.

# %% [markdown] statement="cosine_matrix"
# ### Exercise: cosine_matrix
#
# Return the cosine of every row of `a` with every row of `b`.
#
# - `a` is `(n, d)`, `b` is `(m, d)`, dtype uint8, float32 or float64; `n` or `m` may be 0, `d >= 1`. The result is
#   `(n, m)` float64.
# - Where either row is all zeros, the value is exactly 0.
# - Other rows have lengths from 1e-100 to 1e100. Tolerance 1e-12, also for float32 inputs, whose values count as exact.
# - Different `d`: raise `ValueError`. The inputs are not modified.

# %% [markdown] hints="cosine_matrix"
# <details><summary>Hint 1: the idea</summary>
#
# Make both sets unit vectors, then one matrix product gives all pairs.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `astype`, `np.linalg.norm` with `axis` and `keepdims`, and `np.where` (or a mask) for lengths that are 0. If the length
# of a zero row were 1, what would the division give?
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# Squares of uint8 wrap, and norms computed in float32 are only good to 1e-7: convert before anything else. Without
# `keepdims` the lengths divide columns.
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
        ValueError: if the rows of a and b have different sizes.
    """
    ### BEGIN SOLUTION
    a, b = a.astype(np.float64), b.astype(np.float64)
    lengths_a = np.linalg.norm(a, axis=1, keepdims=True)  # (n, 1)
    lengths_b = np.linalg.norm(b, axis=1, keepdims=True)  # (m, 1)
    # A zero row divided by 1 stays zero, and so do its cosines.
    return (a / np.where(lengths_a == 0, 1, lengths_a)) @ (b / np.where(lengths_b == 0, 1, lengths_b)).T
    ### END SOLUTION


# %% test="cosine_matrix" points=3
some = np.array([[3.0, 4.0], [0.0, 0.0]])
others = np.array([[4.0, 3.0], [1.0, 0.0], [-3.0, -4.0]])
expect(cosine_matrix, some, others).has_shape(
    (2, 3), cause="Every row of a with every row of b: (n, m), not one value per pair of equal index."
).close_to(
    np.array([[0.96, 0.6, -1.0], [0.0, 0.0, 0.0]]),
    atol=1e-12,
    mistakes={
        "0 / 0 gave NaN: a zero row needs the rule of the task.": np.array([[0.96, 0.6, -1], [np.nan] * 3]),
        "You set the cosine of a zero row to 1: the task says 0.": np.array([[0.96, 0.6, -1.0], [1.0, 1.0, 1.0]]),
        "These are dot products: the lengths are missing.": np.array([[24.0, 3.0, -25.0], [0.0, 0.0, 0.0]]),
        "You divided by squared lengths: the square root is missing.": np.array(
            [[24 / 625, 3 / 25, -25 / 625], [0] * 3]
        ),
        "This is 1 - cosine, a distance: the task asks for the cosine.": np.array([[0.04, 0.4, 2.0], [1.0, 1.0, 1.0]]),
        "You removed each row's mean: that is the correlation, another question.": np.array([[-1.0] * 3, [0.0] * 3]),
        "You took absolute values: opposite rows have cosine -1.": np.array([[0.96, 0.6, 1.0], [0.0, 0.0, 0.0]]),
    },
    cause="A value is not the cosine of its two rows: each row is divided by its own length, and nothing is added to it.",
)
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(21)


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
    cause="A zero row in b counts too, and every row is divided by its own length.",
).has_dtype(np.float64).leaves_arguments_alone(cause="An in-place division wrote into the caller's array.")
square = rng.standard_normal((4, 4))
expect(cosine_matrix, square, square[:3]).close_to(
    slow_cosines(square, square[:3]), atol=1e-12, cause="The lengths divided columns: keep them as an (n, 1) column."
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
    cause="A constant added to the lengths bends short vectors: treat exact zeros only.",
)
expect(cosine_matrix, tiny[1:], tiny[1:]).close_to(np.ones((2, 2)), atol=1e-12)
expect(cosine_matrix, np.zeros((2, 3)), np.zeros((1, 3))).returns(np.zeros((2, 1)))
expect(cosine_matrix, np.zeros((0, 3)), np.ones((2, 3))).has_shape((0, 2))
expect(cosine_matrix, np.ones((2, 3)), np.zeros((0, 3))).has_shape((2, 0))
expect(cosine_matrix, np.ones((2, 3)), np.ones((2, 1))).raises(
    ValueError, cause="Rows of 3 and of 1 entries were broadcast: different sizes are an error."
)
### END HIDDEN TESTS

# %% [markdown]
# **Your function on the photograph.** Six patches of 16 × 32 pixels, 512 grey levels each. The left matrix uses them as
# they are. For the middle one, each patch loses its own mean first. Predict the left one: will sky and tree differ?

# %%
places = {
    "sky": (40, 520),
    "water": (250, 420),
    "tree": (330, 420),
    "beam": (150, 206),
    "roof": (265, 215),
    "rail": (320, 160),
}
patches = np.stack([gray[y : y + 16, x : x + 32].ravel() for y, x in places.values()])  # (6, 512) uint8
level = np.array([[patch.mean()] for patch in patches])  # (6, 1) mean grey level of each patch
matrices = {
    "Yours, raw patches": cosine_matrix(patches, patches),
    "Yours, mean removed": cosine_matrix(patches - level, patches - level),
    "Expected (np.corrcoef)": np.corrcoef(patches),
}
figure, axes = plt.subplots(1, 3, figsize=(12, 4), layout="constrained")
for axis, (title, matrix) in zip(axes, matrices.items(), strict=True):
    shown = axis.imshow(matrix, cmap="viridis", vmin=-1, vmax=1)
    axis.set(title=title, xlabel="patch", ylabel="patch", xticks=range(6), yticks=range(6))
    axis.set_xticklabels(places, rotation=45)
    axis.set_yticklabels(places)
    for (i, j), value in np.ndenumerate(matrix):
        axis.text(j, i, f"{value:.2f}", ha="center", va="center", fontsize=7, color="black" if value > 0.3 else "white")
figure.colorbar(shown, ax=axes, label="cosine (no unit)")
show(
    figure,
    "All raw patches have cosines above 0.6, many near 0.9; without their means they are near 0, as np.corrcoef says.",
)

# %% [markdown]
# Sky and tree look alike, because grey levels are never negative: the corner of section 2 again. The cosine of
# mean-removed vectors has an older name, Pearson's correlation. So the last two matrices agree.

# %% [markdown]
# ## 6. A photograph is 250,908 vectors
#
# Slide a 16 × 32 window over 427 × 640 pixels: 412 × 609 positions, each a 512-d vector. Do they need 128 MB?
#
# An array is a block of bytes plus *strides*: how many bytes to jump for the next entry along each axis. A *view* is new
# strides on old bytes. Predict for both steps below, sliding and flattening to rows: view or copy?

# %%
small = np.arange(12, dtype=np.uint8).reshape(3, 4)
windows = np.lib.stride_tricks.sliding_window_view(small, (2, 2))  # (2, 3, 2, 2)
print(small, windows[1, 2], sep="\n")
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
# `reshape` to rows had to copy: a step to the next pixel is 1 byte inside a window row and 609 bytes at its end, and one
# stride cannot be both. `reshape` returns a view when it can and copies when it must, without a word.
#
# In float32 the rows would take four times as much: 514 MB.

# %% [markdown]
# **How alike are patches of a photograph?** Section 2 has a formula: $\mu^2 / (\mu^2 + \sigma^2)$ from the mean and
# spread of the entries. Compute it for the grey levels before you look at the figure.
#
# OpenCV's `matchTemplate` gives one patch's cosine with every window: raw, or with each window's mean removed.

# %%
print(f"formula for scattered pixels: {gray.mean() ** 2 / (gray.mean() ** 2 + gray.var()):.3f}")
beam = gray[150:166, 206:238]  # a painted beam under the second roof
raw_map = cv2.matchTemplate(gray, beam, cv2.TM_CCORR_NORMED)  # (412, 609) cosines
centred_map = cv2.matchTemplate(gray, beam, cv2.TM_CCOEFF_NORMED)  # (412, 609) cosines of mean-removed windows
figure, axes = plt.subplots(figsize=(8, 3.6))
for values, name, colour in ((raw_map, "raw", "tab:orange"), (centred_map, "mean removed", "tab:blue")):
    axes.hist(values.ravel(), bins=np.linspace(-0.6, 1, 81), color=colour, alpha=0.8, label=name)
    print(f"{name:13} mean {values.mean():+.3f}, above 0.9: {(values > 0.9).mean():.1%}")
axes.set(
    title="One patch against 250,908 windows of the photograph", xlabel="cosine (no unit)", ylabel="windows (count)"
)
axes.legend()
show(figure, "Raw cosines pile up between 0.7 and 0.97, with a spike at the top; mean-removed ones spread around 0.")

# %% [markdown]
# The formula says 0.754, almost the 0.75 of `rand`. Raw windows lie higher still, because pixels of one window are alike.
# The spike is sky and water: a flat window points along $(1, 1, \dots, 1)$, so all flat windows have the same cosine.
# Remove the mean, and they point nowhere in particular.

# %% [markdown] statement="patch_vectors"
# ### Exercise: patch_vectors
#
# Return every window of an image as a row, mean removed.
#
# - `image` is `(H, W)` uint8, or float64 with values below 1000 in size; `shape = (h, w)` with `h, w >= 1`; `step >= 1`.
# - Windows start at rows `0, step, 2*step, ...` and columns likewise, as long as the whole window fits. Order: left to
#   right, then down. A window's pixels: row by row.
# - Each row has its own mean subtracted. Result `(N, h*w)` float32, tolerance 1e-3. Constant uint8 windows give exact zeros.
# - A window larger than the image: `ValueError`. The image is not modified.
# - Speed: for 240 × 320 pixels and `shape = (2, 3)`, at least 10 times as fast as centring window by window in Python.

# %% [markdown] hints="patch_vectors"
# <details><summary>Hint 1: the idea</summary>
#
# View, thin out, flatten, convert, centre: five steps, no loop.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `np.lib.stride_tricks.sliding_window_view` raises the `ValueError` for you. Slicing the view with `::step` copies nothing.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# `mean(axis=0)` is the mean of a pixel position over all windows. You need the mean of each window. And uint8 minus a
# uint8 mean wraps below zero.
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
expect(patch_vectors, ramp, (2, 3), 1).has_shape(
    (4, 6), cause="Two row positions times two column positions, and h * w = 6 pixels each."
).close_to(
    np.array([[-30, -20, -10, 10, 20, 30]] * 4),
    atol=1e-3,
    mistakes={
        "The mean is still in: subtract each window's own.": np.array(
            [[0, 10, 20, 40, 50, 60], [10, 20, 30, 50, 60, 70], [40, 50, 60, 80, 90, 100], [50, 60, 70, 90, 100, 110]]
        ),
        "You subtracted the mean of each pixel position over all windows (axis=0).": np.array(
            [[-25] * 6, [-15] * 6, [15] * 6, [25] * 6]
        ),
        "Height and width are swapped.": np.array([[-45, -35, -5, 5, 35, 45]] * 4),
        "A uint8 cannot hold a negative difference: convert before you subtract.": np.array(
            [[226, 236, 246, 10, 20, 30]] * 4
        ),
        "The pixels of a window run down the columns: read them row by row.": np.array(
            [[-30, 10, -20, 20, -10, 30]] * 4
        ),
        "You also divided by the length: the task only removes the mean.": np.array([[-3, -2, -1, 1, 2, 3]] * 4)
        / np.sqrt(28),
    },
    cause="Each window loses its own mean, not the mean of the image.",
).has_dtype(np.float32, cause="The task asks for float32: half the memory of float64.")


### BEGIN HIDDEN TESTS
def slow_patches(image, shape, step, centre=np.mean):
    h, w = shape
    rows = []
    for y in range(0, image.shape[0] - h + 1, step):
        for x in range(0, image.shape[1] - w + 1, step):
            window = image[y : y + h, x : x + w].astype(np.float64)
            rows.append((window - centre(window)).ravel())
    return np.array(rows)


rng = np.random.default_rng(31)
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
large = rng.integers(0, 256, (240, 320)).astype(np.uint8)
expect_faster(
    patch_vectors, slow_patches, large, (2, 3), 1, times=10, cause="One Python step per window: take a strided view."
)
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
# Five scores came out sorted: the accident of a small case. Never rely on it.
#
# **Ties.** Equal scores need a rule, or the same search gives different answers on different machines. Ours: the smaller
# index first. `argpartition` knows no such rule. If many scores equal the $k$-th best, it keeps any of them.
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
# Return what `slow_top_k` returns, at least 5 times as fast on 4,000 vectors of 512 entries.
#
# - `query` is `(d,)`, `vectors` is `(n, d)`, float32 or float64, `n >= 0`, `d >= 1`. All have length 1 or are all zeros, so
#   dot products are cosines.
# - Result: a tuple of two arrays of `min(k, n)` entries: indices (int64), and cosines (float, tolerance 1e-5), largest
#   first. Exactly equal cosines: smaller index first, also where the cut falls inside a tie.
# - `k = 0` gives two empty arrays; `k < 0` raises `ValueError`.

# %% [markdown] hints="top_k"
# <details><summary>Hint 1: the idea</summary>
#
# All scores in one product. Then choose: a full sort that keeps ties in order, or a partition plus care for ties.
#
# </details>
# <details><summary>Hint 2: where to look</summary>
#
# `np.argsort` has `kind="stable"`. For the partition: find the k-th best *value*, keep everything at least as good, order
# only those; `np.lexsort` sorts by two keys.
#
# </details>
# <details><summary>Hint 3: the mistake you are probably making</summary>
#
# Reversing an ascending sort reverses the ties too. `scores[-0:]` is everything, not nothing. And `argpartition` raises
# if k exceeds n.
#
# </details>


# %% exercise="top_k" minutes=10 difficulty=4 question="Q03"
def top_k(query: np.ndarray, vectors: np.ndarray, k: int) -> tuple[np.ndarray, np.ndarray]:
    """The k vectors most similar to a query, exactly.

    Args:
        query: (d,) float32 or float64, of length 1 or all zeros.
        vectors: (n, d), rows of length 1 or all zeros.
        k: how many, 0 or more; at most n are returned.

    Returns:
        (min(k, n),) int64 indices and (min(k, n),) cosines, largest first; ties by the smaller index.

    Raises:
        ValueError: if k is negative.
    """
    ### BEGIN SOLUTION
    if k < 0:
        raise ValueError(f"k must be 0 or more, got {k}")
    scores = vectors @ query  # (n,)
    k = min(k, len(scores))
    if k == 0:
        return np.zeros(0, np.int64), np.zeros(0, scores.dtype)
    threshold = np.partition(scores, len(scores) - k)[len(scores) - k]  # the k-th best score
    candidates = np.flatnonzero(scores >= threshold)  # k of them, or more where the cut falls inside a tie
    best = candidates[np.argsort(-scores[candidates], kind="stable")[:k]]
    return best, scores[best]
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
        "Reversing an ascending sort reverses ties too: the smaller index comes first.": (
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
    cause="These are not the best three, best first, ties by the smaller index.",
)
### BEGIN HIDDEN TESTS
expect(top_k, east, plane, 0).close_to(
    (np.zeros(0), np.zeros(0)), cause="k = 0 asks for nothing: a slice [-0:] gives everything."
).satisfies(
    lambda v: np.asarray(v[0]).dtype == np.int64,
    "int64 indices",
    cause="Indices are whole numbers: int64, even where there are none.",
)
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
expect(top_k, east, plane, -1).raises(ValueError, cause="A negative k is an error: a slice would quietly accept it.")
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
for query, count in ((many[17], 10), (many[5] * np.float32(-1), 1)):
    expect(top_k, query, many, count).close_to(
        slow_search(query, many, count), atol=1e-5, cause="Wrong on 4,000 random vectors."
    ).satisfies(
        lambda v: np.asarray(v[0]).dtype == np.int64, "int64 indices", cause="Indices are whole numbers: int64."
    ).leaves_arguments_alone()
few = rng.standard_normal((9, 3))
few /= np.linalg.norm(few, axis=1, keepdims=True)
expect(top_k, few[4], np.asfortranarray(few)[::2], 5).close_to(
    slow_search(few[4], few[::2], 5), atol=1e-5, cause="Wrong on a view: it has its own strides."
)
for count in range(1, 10):
    expect(top_k, few[4], few, count).close_to(slow_search(few[4], few, count), atol=1e-5, cause="Wrong for this k.")
expect_faster(
    top_k, slow_search, many[3], many, 10, times=5, cause="A Python loop over entries: one product gives all scores."
)
### END HIDDEN TESTS

# %% [markdown]
# **Search the photograph.** Your `patch_vectors` and `top_k`, against OpenCV. The query is the painted beam, drawn in
# white. Neighbours nearly repeat each other, so the figure keeps only windows that do not overlap a better one. Predict:
# where will the raw pixels find "the same"?

# %%
step = 2
columns = (gray.shape[1] - 32) // step + 1  # windows per row of windows
centred = patch_vectors(gray, (16, 32), step)  # (62830, 512)
centred /= np.maximum(np.sqrt((centred**2).sum(axis=1, keepdims=True)), 1e-6)
order, cosines = top_k(centred[75 * columns + 103], centred, 20_000)  # window (75, 103) starts at pixel (150, 206)
yours = [(int(i) // columns * step, int(i) % columns * step, float(c)) for i, c in zip(order, cosines, strict=True)]


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


figure, axes = plt.subplots(1, 3, figsize=(13, 3.4), layout="constrained")
panels = {
    "Raw pixels": ranked(raw_map),
    "Mean removed, yours": yours,
    "Mean removed, expected (OpenCV)": ranked(centred_map),
}
for axis, (title, windows) in zip(axes, panels.items(), strict=True):
    axis.imshow(gray, cmap="gray")
    axis.set(xlabel="x (pixels)", ylabel="y (pixels)")
    found = apart(windows, 7)
    for rank, (y, x, _) in enumerate(found):
        colour = "tab:orange" if rank else "white"
        axis.add_patch(plt.Rectangle((x, y), 32, 16, fill=False, edgecolor=colour, linewidth=2))
    axis.set_title(f"{title}\nsix matches, cosine {found[1][2]:.2f} to {found[-1][2]:.2f}")
show(
    figure, "All six raw matches lie in open water at 0.97; all six mean-removed ones on the tower, yours as OpenCV's."
)

# %% [markdown]
# Raw pixels find open water at 0.97, six times: flat, like the average of the beam. Without the mean you find the tower's
# own beams and eaves, at 0.4 to 0.5. Lower numbers, better matches: a cosine ranks, it does not grade.

# %% [markdown]
# ## Measure it
#
# 100,000 unit vectors, one query, the best ten. The clock does not care what the numbers mean, so these are
# random. Two loops, one product with two ways to choose, and a batch: write down your guess for each before you run it.

# %%
rng = np.random.default_rng(0)
vectors = rng.standard_normal((100_000, 512), dtype=np.float32)
vectors /= np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]  # once, not per query
queries = vectors[:64] + 0.02 * rng.standard_normal((64, 512), dtype=np.float32)


def seconds(work, repeats):
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


query = queries[0]
scores = vectors @ query  # (100000,)
times = {
    "Python loop over entries": seconds(lambda: slow_top_k(query, vectors[:4_000], 10), 1) * 25,
    "Python loop over rows, np.dot": seconds(lambda: sorted([-np.dot(query, row) for row in vectors])[:10], 1),
    "one product (scores only)": seconds(lambda: vectors @ query, 20),
    "+ full argsort of the scores": seconds(lambda: np.argsort(scores)[-10:], 20),
    "+ or argpartition": seconds(lambda: np.argpartition(scores, -10)[-10:], 20),
    "64 queries in one product, each": seconds(lambda: np.argpartition(queries @ vectors.T, -10)[:, -10:], 3) / 64,
}
figure, axes = plt.subplots(figsize=(9, 3.2))
axes.barh(list(times), [1e3 * value for value in times.values()], color="tab:blue")
for row, value in enumerate(times.values()):
    axes.text(1.1e3 * value, row, f"{1e3 * value:,.1f} ms", va="center")
axes.set(title="Best ten of 100,000 vectors of 512 entries", xlabel="time per query (ms, logarithmic)", xscale="log")
axes.set_xlim(0.1, 2e5)
axes.invert_yaxis()
show(
    figure,
    "Seconds for the loop over entries, about ten milliseconds for the product, less for choosing and in a batch.",
)
fast = times["one product (scores only)"] + times["+ or argpartition"]
print(f"loop over entries / (product + argpartition): {times['Python loop over entries'] / fast:,.0f}")

# %% [markdown]
# The first bar is timed on 4,000 rows and multiplied by 25. Surprise one: one NumPy call per row already wins most of the
# factor. Surprise two: sorting all scores costs several times a partition, and is no longer small beside the product.
# Surprise three: a batch is cheaper. One query reads all 205 MB; 64 queries read them together.

# %% [markdown]
# ## Where it breaks
#
# Near-duplicates. You compute cosines in float32 and want distances, so you use $\sqrt{2 - 2\cos}$. Take a patch, change
# it by less and less, and compare with the true distance. Where will the formula fail?

# %%
rng = np.random.default_rng(3)
patch = beam.ravel() / np.linalg.norm(beam)  # (512,) float64, length 1
true, formula, direct = [], [], []
for size in np.geomspace(1e-6, 1e-1, 120):
    noise = rng.standard_normal(512)
    changed = patch + size * noise / np.linalg.norm(noise)
    changed /= np.linalg.norm(changed)
    p, c = patch.astype(np.float32), changed.astype(np.float32)
    true.append(np.linalg.norm(patch - changed))
    formula.append(np.sqrt(np.maximum(2 - 2 * (p @ c), 0)))  # without maximum: NaN where the cosine exceeds 1
    direct.append(np.linalg.norm(p - c))
true, formula, direct = np.array(true), np.array(formula), np.array(direct)

one_level = beam.astype(np.float64).ravel()
one_level[0] += 1
one_level = np.linalg.norm(patch - one_level / np.linalg.norm(one_level))
figure, axes = plt.subplots(figsize=(8, 4))
axes.loglog(true, true, color="black", linewidth=1, label="exact")
axes.loglog(true, direct, "s", color="tab:blue", markersize=4, label="float32: subtract, then norm")
axes.loglog(
    true[formula > 0], formula[formula > 0], "o", color="tab:orange", markersize=4, label="float32: sqrt(2 - 2 cos)"
)
lost = true[formula == 0]
axes.loglog(lost, np.full(len(lost), 4e-7), "x", color="tab:orange", label="float32: sqrt(2 - 2 cos) gave 0 or NaN")
axes.axvline(one_level, color="gray", linestyle=":", label="one pixel, one grey level")
axes.set(
    title="Distance between two nearly equal unit vectors",
    xlabel="true distance (no unit)",
    ylabel="computed distance (no unit)",
)
axes.legend(fontsize=8)
show(
    figure,
    "The formula leaves the exact line near 0.001, and gives steps, 0 or NaN below; subtracting first follows it.",
)

# %% [markdown]
# Near 1, neighbouring float32 numbers are $6 \times 10^{-8}$ apart. Subtracting two nearly equal numbers cancels the
# digits they share and keeps the rounding: *catastrophic cancellation*. The square root turns $10^{-7}$ into
# $3 \times 10^{-4}$. A change of one pixel by one grey level is at the edge of that noise.

# %% [markdown]
# **The mend:** rank by the float32 cosine, then compute the distance of the few winners from their difference,
# $\lVert a - b \rVert$, which has no shared digits left to lose. Clipping at 0 only hides the NaN.

# %% [markdown]
# ## Your answer
#
# Write it as you would say it: plain sentences, numbers where you have them. The rubric is what your reader marks.

# %% [markdown] statement="nearest_of_many"
# ### Exercise: nearest_of_many
#
# "You have 100,000 image embeddings of 512 dimensions and one query. How do you make test data, compare two vectors,
# and find the ten nearest? What fails silently?" Answer in 120 to 250 words. Rubric, 1 point each:
#
# 1. Test data: shape, distribution and why not `rand`, seed, bytes.
# 2. Dot product: `@` against `np.dot` on batches, or $1/\sqrt d$ with its reason; and integer overflow.
# 3. Cosine: unit vectors once, one product, a rule for zero vectors and why.
# 4. Search: partition then sort, ties, a measured speed, and one limit of float32.

# %% [markdown] written="nearest_of_many" points=4 minutes=10 difficulty=3 question="Q03"
# A 512-d vector has shape `(512,)`, one axis. For test data I draw `default_rng(seed).standard_normal((100_000, 512))` and
# normalise the rows: directions are uniform and cosines are near 0, with a spread of 1/√512. `rand` is all positive; its
# cosines are near 0.75. In float32 a vector is 2,048 bytes and the set 205 MB.
#
# For batches I use `@`; `np.dot` on 3-D arrays pairs every matrix with every other. Integer inputs are widened before the
# product, since int8 and uint8 wrap silently. In attention, scores have variance d, so I divide by √d to keep softmax from
# saturating.
#
# I normalise once, so that cosine is a dot product, and one matrix-vector product scores everything. A zero vector has
# no direction. 0 / 0 is NaN, and NaN sorts as the largest, so I define its cosine as 0.
#
# Then the k-th best score by partition, everything at least as good as candidates, sorted by score and index, so ties are
# stable. Here that took about 10 ms, hundreds of times faster than a Python loop. It is exact.
#
# In float32, √(2 − 2cos) is noise below about 0.001. For near-duplicates I take the norm of the difference.

# %% [markdown]
# **Follow-up questions.** Answer aloud before you unfold.
#
# <details><summary>Is 1 − cosine a metric?</summary>
#
# No. Take unit vectors at 0°, 45° and 90°: 0.293 + 0.293 is less than 1, so the triangle inequality fails. The angle and
# the Euclidean distance of unit vectors are metrics.
#
# </details>
# <details><summary>When would you rank by the plain dot product?</summary>
#
# When length carries meaning, for instance popularity in a recommender trained that way. Compare as the model was trained.
#
# </details>
# <details><summary>And 100 million vectors?</summary>
#
# 205 GB in float32, and a thousand times the 10 ms. Then store fewer bytes per vector, split the set over machines, or
# accept an approximate index, and measure its recall against this exact search.
#
# </details>
# <details><summary>Why not np.random.seed(0) at the top of the file?</summary>
#
# It fixes one global stream that every library shares. An added call anywhere shifts all later numbers. Pass a Generator.
#
# </details>

# %% [markdown]
# ## Take-away
#
# - You hit the limit of 64 axes, and made 512-d vectors with one.
# - You measured cosines of 0.75 for `rand`, 0 for normals, and saw raw photographs behave like `rand`.
# - You stopped integers from wrapping, and softmax from saturating and overflowing.
# - You computed all cosines at once, with a rule for zero vectors and for ties.
# - You searched 100,000 vectors exactly, and saw where float32 distances end.

# %% [markdown]
# ## Sources
#
# - C. R. Harris et al., "Array programming with NumPy", *Nature* 585, 2020.
# - R. Kern, "NEP 19: Random number generator policy", 2018.
# - NumPy developers, "NumPy 2.0.0 release notes", 2024 (64 axes).
# - M. E. Muller, "A note on a method for generating points uniformly on n-dimensional spheres", *Communications of the ACM*
#   2(4), 1959.
# - A. Vaswani et al., "Attention is all you need", *NeurIPS*, 2017.
# - D. Goldberg, "What every computer scientist should know about floating-point arithmetic", *ACM Computing Surveys* 23(1),
#   1991.
