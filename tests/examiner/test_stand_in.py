"""A stand-in never lets the student's object answer what only plain data may answer."""

from __future__ import annotations

import collections.abc
import copy
import inspect
import math
import operator
import pickle
import types
from typing import Any

import numpy as np
import pytest
import torch

from autograder.expect import Mismatch, expect
from autograder.expect.describe import show
from tests.examiner.student import Student, student

SOURCE = '''
    import functools
    import numpy as np

    class Yes:
        """Says yes to everything."""
        shape, dtype, size, ndim = (3,), np.dtype(float), 3, 1
        def _yes(self, *args, **kwargs):
            return True
        __eq__ = __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __bool__ = __contains__ = _yes
        __add__ = __radd__ = __sub__ = __mul__ = __matmul__ = __abs__ = __neg__ = all = any = mean = item = _yes
        __array_ufunc__ = __array_function__ = __torch_function__ = _yes
        __float__ = lambda self: 1.0
        __int__ = __index__ = __len__ = lambda self: 1
        __hash__ = lambda self: 1
        __iter__ = lambda self: iter([1.0])
        __getitem__ = lambda self, i: 1.0
        def __array__(self, dtype=None, copy=None):
            return np.ones(3)

    def yes():
        return Yes()

    def nested():
        return [1, {"a": Yes()}]

    def objects():
        out = np.empty(2, object)
        out[:] = [Yes(), Yes()]
        return out

    def function():
        def f(): return 1
        f.mean, f.shape = lambda: 1.0, (3,)
        return f

    def generator():
        yield 1

    def iterator():
        return map(abs, [1])

    class Running:
        def mean(self):
            return 0.5

    @functools.lru_cache
    def cached(n):
        return n
'''


@pytest.fixture(scope="module")
def learner() -> Any:
    with student(SOURCE) as one:
        yield one


QUESTIONS = {
    "==": lambda v: v == 1,
    "!=": lambda v: v != 1,
    "reflected ==": lambda v: operator.eq(1, v),
    "<": lambda v: v < 1,
    "<=": lambda v: v <= 1,
    ">": lambda v: v > 1,
    ">=": lambda v: operator.ge(1, v),
    "bool": bool,
    "not": operator.not_,
    "in": lambda v: 1 in v,
    "hash": hash,
    "in a list": lambda v: v in [1],
    "in a set": lambda v: v in {1},
    "in a tuple": lambda v: 1 in (v,),
    "+": lambda v: v + 1,
    "reflected +": lambda v: 1 + v,
    "-": lambda v: 1 - v,
    "*": lambda v: v * 2,
    "/": lambda v: v / 2,
    "@": lambda v: v @ v,
    "**": lambda v: v**2,
    "&": lambda v: v & 1,
    "abs": abs,
    "neg": operator.neg,
    "divmod": lambda v: divmod(v, 2),
    "+=": lambda v: operator.iadd(v, 1),
    "float": float,
    "int": int,
    "complex": complex,
    "index": operator.index,
    "round": round,
    "math.isclose": lambda v: math.isclose(v, 1),
    "math.floor": math.floor,
    "range": range,
    "bytes": bytes,
    "open": open,
    "np.asarray": np.asarray,
    "np.array": lambda v: np.array(v, float),
    "np.array of a list": lambda v: np.array([v], float),
    "np.add": lambda v: np.add(v, 1),
    "np array ==": lambda v: np.ones(3) == v,
    "np array +": lambda v: np.ones(3) + v,
    "np scalar ==": lambda v: np.float64(1) == v,
    "np scalar <": lambda v: np.float64(1) < v,
    "np.allclose": lambda v: np.allclose(v, 1),
    "np.array_equal": lambda v: np.array_equal(v, np.ones(3)),
    "np.testing": lambda v: np.testing.assert_allclose(v, np.ones(3)),
    "np.testing equal": lambda v: np.testing.assert_equal(v, 1),
    "np.shape": np.shape,
    "np.mean": np.mean,
    "shape": lambda v: v.shape,
    "dtype": lambda v: v.dtype,
    "mean": lambda v: v.mean(),
    "item": lambda v: v.item(),
    "torch.as_tensor": torch.as_tensor,
    "torch.equal": lambda v: torch.equal(v, torch.ones(3)),
    "tensor ==": lambda v: torch.ones(3) == v,
    "torch.allclose": lambda v: torch.allclose(torch.ones(3), v),
    "sum": lambda v: sum([v]),
    "len": len,
    "item of": lambda v: v[0],
    "sorted": lambda v: sorted([v, v]),
    "max": lambda v: max(v, 1),
    "any": lambda v: any([v]),
    "filter": lambda v: list(filter(None, [v])),
    "index of a list": lambda v: [5][v],
    "list.count": lambda v: [1].count(v),
    "dict": lambda v: {v: 1},
}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS.keys())
@pytest.mark.parametrize("name", ["yes", "function"])
def test_a_question_for_plain_data_fails_the_test(learner: Student, question: Any, name: str) -> None:
    value = getattr(learner, name)()
    # np.allclose and torch have their own errors for what is no array; what counts is that no answer comes.
    with pytest.raises((Mismatch, TypeError, AttributeError, RuntimeError, ValueError)):
        question(value)


CONDITIONS = {
    "returns": lambda e: e.returns(np.ones(3)),
    "returns a number": lambda e: e.returns(1),
    "returns a list": lambda e: e.returns([1, {"a": 1}]),
    "close_to": lambda e: e.close_to(np.ones(3), atol=9),
    "close_to a list": lambda e: e.close_to([1, 1], atol=9),
    "has_shape": lambda e: e.has_shape((3,)),
    "has_dtype": lambda e: e.has_dtype(float),
    "satisfies": lambda e: e.satisfies(lambda v: True, "all"),
    "is_a": lambda e: e.is_a((np.ndarray, torch.Tensor, float, int)),
}


@pytest.mark.parametrize("condition", CONDITIONS.values(), ids=CONDITIONS.keys())
@pytest.mark.parametrize("name", ["yes", "nested", "objects", "function"])
def test_an_expectation_fails_with_the_whole_message(learner: Student, condition: Any, name: str) -> None:
    if name in ("nested", "objects") and condition is CONDITIONS["is_a"]:
        pytest.skip("a list is a list, whatever is in it")
    with pytest.raises(Mismatch) as raised:
        condition(expect(getattr(learner, name)))
    assert f"call      {name}()" in str(raised.value)


def test_what_came_back_is_named(learner: Student) -> None:
    with pytest.raises(Mismatch, match="got       <a generator>"):
        expect(learner.generator).returns([1])
    with pytest.raises(Mismatch, match="got       <an object of class Yes>"):
        expect(learner.yes).returns(1)
    assert show([learner.iterator()]) == "[<an iterator>]"
    with pytest.raises(Mismatch, match=r"yes\(...\) is an object of class Yes, and the test needs plain data"):
        _ = learner.yes() == 1


def test_the_kind_of_what_stayed_behind_can_be_asked(learner: Student) -> None:
    expect(learner.generator).is_a(types.GeneratorType).is_a(collections.abc.Iterator)
    expect(learner.iterator).is_a(collections.abc.Iterator)
    function, thing = learner.function(), learner.yes()
    assert callable(function) and inspect.isfunction(function) and not callable(thing)
    assert not isinstance(function, collections.abc.Iterable)
    assert not isinstance(thing, (np.ndarray, list, float, collections.abc.Iterator))
    assert hasattr(function, "__name__") and not hasattr(thing, "__array_interface__")


def test_an_object_of_a_class_that_the_exercise_asks_for_answers_for_itself(learner: Student) -> None:
    assert learner.Running().mean() == 0.5
    expect(learner.Running().mean).returns(0.5)


def test_an_iterator_has_items_and_nothing_else(learner: Student) -> None:
    with pytest.raises(AttributeError):
        _ = learner.generator().mean
    assert learner.generator().send(None) == 1


def test_a_stand_in_is_copied_as_itself_and_never_pickled(learner: Student) -> None:
    value = learner.yes()
    assert copy.copy(value) is value and copy.deepcopy([value])[0] is value
    with pytest.raises(TypeError):
        pickle.dumps(value)


def test_wrapped_and_cached_functions_are_called(learner: Student) -> None:
    expect(learner.cached, 3).returns(3)
    assert learner.cached.cache_info() == (0, 1, 128, 1)
