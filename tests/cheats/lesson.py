# %% [markdown] minutes=15 seconds=60 megabytes=1500
# # A lesson to try the grading on
#
# Small, fast exercises, one for each way in which a test can ask: arrays, plain asserts, iteration, a class, a function
# that takes a function, partial credit, a tensor, speed, and a written answer.

# %%
import numpy as np
import torch

from autograder.expect import expect, expect_faster, fresh_generator

# %% [markdown] statement="add"
# ### Exercise: add
#
# Return the sum of two float arrays of the same shape, as a new array. For two shapes that differ, raise a `ValueError`
# whose message has the word "shapes".

# %% [markdown] hints="add"
# <details><summary>Hint 1: idea</summary>Compare the shapes first.</details>


# %% exercise="add" minutes=1 difficulty=1 question="Q01"
def add(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Sum of two float arrays of one shape."""
    ### BEGIN SOLUTION
    if np.shape(a) != np.shape(b):
        raise ValueError(f"the shapes {np.shape(a)} and {np.shape(b)} differ")
    return np.add(a, b)  # the words canary-in-a-solution stand only here
    ### END SOLUTION


# %% test="add" points=2
expect(add, np.array([1.0, 2.0]), np.array([3.0, 4.0])).returns(np.array([4.0, 6.0])).leaves_arguments_alone()
### BEGIN HIDDEN TESTS
# canary-in-a-hidden-test
expect(add, np.array([[0.5]]), np.array([[-2.0]])).returns(np.array([[-1.5]]))
expect(add, np.zeros(0), np.zeros(0)).returns(np.zeros(0))
a, b = fresh_generator(3).normal(size=(2, 5))
expect(add, a, b).close_to(a + b, atol=1e-12).leaves_arguments_alone()
### END HIDDEN TESTS

# %% test="add" points=1
### BEGIN HIDDEN TESTS
expect(add, np.ones((2, 3)), np.ones((2, 3))).returns(np.full((2, 3), 2.0))
expect(add, np.zeros(2), np.zeros(3)).raises(ValueError, mentioning=["shapes"])
### END HIDDEN TESTS

# %% [markdown] statement="normalise"
# ### Exercise: normalise
#
# Divide each row of a float array by its Euclidean length, and return a new array. A row of zeros stays as it is.

# %% [markdown] hints="normalise"
# <details><summary>Hint 1: idea</summary>Keep the axis when you sum.</details>


# %% exercise="normalise" minutes=1 difficulty=1 question="Q01"
def normalise(rows: np.ndarray) -> np.ndarray:
    """Rows of shape (n, d), each of length 1 or 0."""
    ### BEGIN SOLUTION
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return rows / np.where(lengths > 0, lengths, 1.0)
    ### END SOLUTION


# %% test="normalise" points=2
rows = np.array([[3.0, 4.0], [0.0, 2.0]])
result = normalise(rows)
assert isinstance(result, np.ndarray), f"Return an array, not {type(result).__name__}."
np.testing.assert_allclose(result, [[0.6, 0.8], [0.0, 1.0]], atol=1e-9)
### BEGIN HIDDEN TESTS
assert not np.any(normalise(np.zeros((2, 2)))), "A row of zeros stays as it is."
for seed in range(3):
    rows = fresh_generator(seed).normal(size=(4, 3))
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    assert np.allclose(normalise(rows), rows / lengths, rtol=0, atol=1e-9), "The rows have other lengths than 1."
### END HIDDEN TESTS

# %% [markdown] statement="count_up"
# ### Exercise: count_up
#
# Give the numbers from 1 to `n`, one at a time: `n` may be a billion.

# %% [markdown] hints="count_up"
# <details><summary>Hint 1: idea</summary>A generator.</details>


# %% exercise="count_up" minutes=1 difficulty=1 question="Q01"
def count_up(n: int):
    """Iterate over 1, 2, ..., n."""
    ### BEGIN SOLUTION
    number = 0
    while number < n:
        number += 1
        yield number
    ### END SOLUTION


# %% test="count_up" points=1
assert list(count_up(3)) == [1, 2, 3], "count_up(3) gives 1, 2 and 3."
### BEGIN HIDDEN TESTS
assert list(count_up(0)) == [], "count_up(0) gives nothing."
numbers = iter(count_up(10**9))
assert [next(numbers), next(numbers)] == [1, 2], "Do not make all numbers before you give the first."
### END HIDDEN TESTS

# %% [markdown] statement="Tally"
# ### Exercise: Tally
#
# Write a class that counts words: `Tally()` is empty, `add(word)` counts one word, `count(word)` says how often it
# came, and the attribute `total` is the number of words so far.

# %% [markdown] hints="Tally"
# <details><summary>Hint 1: idea</summary>A dictionary.</details>


# %% exercise="Tally" minutes=1 difficulty=1 question="Q01"
class Tally:
    """Counts words."""

    ### BEGIN SOLUTION
    def __init__(self):
        self.total = 0
        self._counts = {}

    def add(self, word: str) -> None:
        self.total += 1
        self._counts[word] = self._counts.get(word, 0) + 1

    def count(self, word: str) -> int:
        return self._counts.get(word, 0)

    ### END SOLUTION


# %% test="Tally" points=2
tally = Tally()
tally.add("edge")
tally.add("edge")
assert tally.count("edge") == 2, "The word came twice."
assert tally.total == 2, "There were two words."
### BEGIN HIDDEN TESTS
assert tally.count("corner") == 0, "A word that never came was counted."
assert Tally().total == 0, "Two tallies share their words."
### END HIDDEN TESTS

# %% [markdown] statement="twice"
# ### Exercise: twice
#
# Return a function that applies `function` to its argument, and `function` again to the result.

# %% [markdown] hints="twice"
# <details><summary>Hint 1: idea</summary>Define a function in the function.</details>


# %% exercise="twice" minutes=1 difficulty=1 question="Q01"
def twice(function):
    """Return x -> function(function(x))."""
    ### BEGIN SOLUTION
    return lambda x: function(function(x))
    ### END SOLUTION


# %% test="twice" points=2
seen = []


def increment(x):
    seen.append(x)
    return x + 1


assert twice(increment)(3) == 5, "Adding 1 twice to 3 gives 5."
assert seen == [3, 4], "The function was called with something else."
### BEGIN HIDDEN TESTS
assert twice(twice(increment))(0) == 4, "Twice the double application gives 4."
secret = int(fresh_generator(1).integers(10**6))
assert twice(lambda x: x * secret)(3) == 3 * secret**2, "It works for adding only."
### END HIDDEN TESTS

# %% [markdown] statement="parity"
# ### Exercise: parity
#
# Return 0 for an even number and 1 for an odd one. Each right answer counts.

# %% [markdown] hints="parity"
# <details><summary>Hint 1: idea</summary>A remainder.</details>


# %% exercise="parity" minutes=1 difficulty=1 question="Q01"
def parity(number: int) -> int:
    """Remainder of the division by 2."""
    ### BEGIN SOLUTION
    return number % 2
    ### END SOLUTION


# %% test="parity" points=2
numbers = [2, 3]
### BEGIN HIDDEN TESTS
halves = fresh_generator(2).integers(10**9, size=9).tolist()
numbers = [2 * half for half in halves] + [2 * half + 1 for half in halves]
### END HIDDEN TESTS
right = sum(parity(number) == number % 2 for number in numbers)
2 * right / len(numbers)

# %% [markdown] statement="relu"
# ### Exercise: relu
#
# Set the negative values of a float tensor to zero, in a new tensor.

# %% [markdown] hints="relu"
# <details><summary>Hint 1: function</summary>`torch.clamp`.</details>


# %% exercise="relu" minutes=1 difficulty=1 question="Q01"
def relu(values: torch.Tensor) -> torch.Tensor:
    """The larger of each value and 0."""
    ### BEGIN SOLUTION
    return values.clamp(min=0)
    ### END SOLUTION


# %% test="relu" points=1
expect(relu, torch.tensor([-1.0, 2.0])).returns(torch.tensor([0.0, 2.0])).has_dtype(torch.float32)
### BEGIN HIDDEN TESTS
values = torch.from_numpy(fresh_generator(4).normal(size=6).astype(np.float32))
expect(relu, values).returns(torch.maximum(values, torch.zeros(6))).leaves_arguments_alone()
### END HIDDEN TESTS

# %% [markdown] statement="total"
# ### Exercise: total
#
# Return the sum of a float array as a float, at least three times as fast as a loop.

# %% [markdown] hints="total"
# <details><summary>Hint 1: function</summary>`np.sum`.</details>


# %% exercise="total" minutes=1 difficulty=1 question="Q01"
def total(values: np.ndarray) -> float:
    """Sum of an array of shape (n,)."""
    ### BEGIN SOLUTION
    return float(np.sum(values))
    ### END SOLUTION


# %% test="total" points=1
expect(total, np.array([1.5, 2.0])).returns(3.5)
### BEGIN HIDDEN TESTS
values = fresh_generator(6).integers(0, 100, size=50).astype(np.float64)
expect(total, values).close_to(float(values.sum()), atol=1e-6)
### END HIDDEN TESTS


# %% test="total" points=1
### BEGIN HIDDEN TESTS
def loop(values):
    result = 0.0
    for value in values:
        result += float(value) * 1.0
    return result


values = fresh_generator(8).integers(0, 100, size=1_000_000).astype(np.float64)
expect(total, values).close_to(float(values.sum()), atol=1e-3)
expect_faster(total, loop, values, times=3, cause="A loop in Python is too slow.")
### END HIDDEN TESTS

# %% [markdown] statement="why"
# ### Exercise: why
#
# Say why a grader must not run in the process that it judges.

# %% [markdown] written="why" points=2 minutes=2 difficulty=1 question="Q02"
# Because whoever shares a process with a judge can change the judge.
