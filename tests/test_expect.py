"""A failed expectation says the call, what came back, what was expected, and why."""

from __future__ import annotations

import collections
import math
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
import torch

from autograder.expect import Mismatch, expect, expect_faster, fresh_generator
from autograder.expect.freshness import use_run_seed


def identity(value: Any) -> Any:
    return value


def failure(action: Any) -> str:
    with pytest.raises(Mismatch) as raised:
        action()
    return str(raised.value)


RIGHT = [
    (3, 3), (np.int64(3), 3), (np.bool_(True), True), ("a", "a"), (None, None), (math.nan, math.nan),
    ((1, 2), (1, 2)), ([1, [2]], [1, [2]]), ({"a": np.ones(2)}, {"a": np.ones(2)}),
    (np.array([1, 2]), np.array([1.0, 2.0])), (np.array([np.nan]), np.array([np.nan])),
    (torch.tensor([1.0]), np.array([1.0])), (np.zeros((0, 3)), np.zeros((0, 3))),
]  # fmt: skip
WRONG = [
    (3, 4), ((1, 2), [1, 2]), (np.ones((2, 1)), np.ones(2)), (np.ones(1), np.ones(2)), (np.array([1, 2]), [1, 2]),
    ("a", "b"), ({"a": 1}, {"b": 1}), (np.ones(1), 1.0), (None, 3), (3, None), (np.array(["a"]), np.array([1])),
]  # fmt: skip


@pytest.mark.parametrize(("got", "expected"), RIGHT)
def test_returns_accepts_the_same_value(got: Any, expected: Any) -> None:
    expect(identity, got).returns(expected)


@pytest.mark.parametrize(("got", "expected"), WRONG)
def test_returns_refuses_another_value(got: Any, expected: Any) -> None:
    with pytest.raises(Mismatch):
        expect(identity, got).returns(expected)


def test_the_message_has_call_got_expected_cause() -> None:
    text = failure(lambda: expect(identity, np.array([1, 2])).returns(np.array([1, 3]), cause="You forgot one."))
    assert text.splitlines() == [
        "identity(...) is wrong",
        "  call      identity(array([1, 2], int64))",
        "  got       array([1, 2], int64)",
        "  expected  array([1, 3])",
        "  cause     You forgot one.",
    ]


def test_a_known_mistake_names_itself_and_others_get_the_general_cause() -> None:
    mistakes = {"You added.": 5, "You subtracted.": -1}
    subtract = failure(lambda: expect(identity, -1).returns(6, mistakes=mistakes, cause="Something else."))
    unknown = failure(lambda: expect(identity, 99).returns(6, mistakes=mistakes, cause="Something else."))
    assert "You subtracted." in subtract
    assert "Something else." in unknown


def test_large_arrays_are_summed_up_and_the_worst_place_is_named() -> None:
    wrong = np.zeros((10, 10))
    wrong[2, 3] = 7.0
    text = failure(lambda: expect(identity, wrong).close_to(np.zeros((10, 10)), atol=1e-9))
    assert "array of shape (10, 10), float64, from 0 to 7, mean 0.07" in text
    assert "1% of the values differ; most at [2, 3]: got 7, expected 0" in text


def test_a_difference_that_printing_hides_is_named() -> None:
    got, expected = np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-9])
    text = failure(lambda: expect(identity, got).close_to(expected, atol=1e-12))
    assert "expected  array([1., 2.]) (the largest difference is 1e-09)" in text


def test_tiny_numbers_are_not_shown_as_zeros() -> None:
    text = failure(lambda: expect(identity, np.array([3e-20, 4e-20])).returns(np.array([1.0, 1e-17])))
    assert "got       array([3.e-20, 4.e-20], float64)" in text
    assert "expected  array([1., 0.])" in text


def test_closeness_follows_its_tolerances() -> None:
    expect(identity, 1.05).close_to(1.0, atol=0.1)
    expect(identity, [1.0, np.array([2.0])]).close_to([1.0, np.array([2.0])], rtol=1e-9)
    for got in (1.2, math.nan, "x", np.ones(3), None):
        with pytest.raises(Mismatch):
            expect(identity, got).close_to(1.0, atol=0.1)


def test_uint8_results_are_compared_without_wrapping() -> None:
    with pytest.raises(Mismatch):
        expect(identity, np.array([255], np.uint8)).close_to(np.array([0], np.uint8), atol=1)


def test_nothing_returned_is_explained() -> None:
    assert "without a `return`" in failure(lambda: expect(identity, None).returns(3))


def test_an_unsolved_exercise_is_called_so() -> None:
    def dot() -> None:
        raise NotImplementedError

    for action in (
        lambda: expect(dot).returns(1),
        lambda: expect(dot).raises(ValueError),
        lambda: expect(dot).has_shape((1,)),
    ):
        assert failure(action) == "dot is not solved yet: write its body, then run this cell again."


def test_an_exception_of_the_learners_code_is_shown() -> None:
    text = failure(lambda: expect(lambda: 1 / 0).returns(3))
    assert "raised an error" in text
    assert "ZeroDivisionError: division by zero" in text


def test_shape_dtype_type_and_property() -> None:
    value = np.zeros((2, 3), np.float32)
    expect(identity, value).has_shape((2, 3)).has_dtype(np.float32).is_a(np.ndarray).satisfies(
        lambda v: v.sum() == 0, "zero"
    )
    expect(identity, torch.zeros(1)).has_dtype(torch.float32).has_shape((1,))
    assert "shape (2, 3)" in failure(lambda: expect(identity, value).has_shape((3, 2), cause="Transposed."))
    assert "dtype float32" in failure(lambda: expect(identity, value).has_dtype(np.uint8))
    assert "has no dtype" in failure(lambda: expect(identity, 3).has_dtype(np.uint8))
    assert "int: 3" in failure(lambda: expect(identity, 3).is_a(str))
    assert "all ones" in failure(lambda: expect(identity, value).satisfies(lambda v: v.all(), "all ones"))


def test_raises() -> None:
    def refuse() -> None:
        raise ValueError("the file photo.png is missing")

    expect(refuse).raises(ValueError, mentioning=["photo.png"])
    assert "unclear error" in failure(lambda: expect(refuse).raises(ValueError, mentioning=["other.png"]))
    assert "another error" in failure(lambda: expect(refuse).raises(KeyError))
    assert "should have raised" in failure(lambda: expect(identity, 3).raises(KeyError))


def test_changed_arguments_are_found_and_the_callers_are_safe() -> None:
    def spoil(values: np.ndarray) -> float:
        values[0] = 9
        return 0.0

    mine = np.array([1.0, 2.0])
    assert "work on a copy" in failure(lambda: expect(spoil, mine).leaves_arguments_alone())
    assert mine.tolist() == [1.0, 2.0]
    expect(identity, mine).leaves_arguments_alone()


@pytest.mark.parametrize("cut", [np.s_[:, ::2], np.s_[::-1], np.s_[1:, 1:, ::-1], np.s_[..., 0]])
def test_a_view_is_passed_as_a_view(cut: Any) -> None:
    whole = np.arange(60).reshape(3, 4, 5)
    seen = []
    expect(seen.append, whole[cut])
    expect(seen.append, [whole[cut]])
    for got in (seen[0], seen[1][0]):
        assert got.strides == whole[cut].strides
        np.testing.assert_array_equal(got, whole[cut])
        assert not np.shares_memory(got, whole)


def test_the_cause_is_shown_when_the_learners_code_raises() -> None:
    text = failure(lambda: expect(lambda: 1 / 0).returns(3, cause="You divided by zero."))
    assert "cause     You divided by zero." in text


def test_faster() -> None:
    def slow(n: int) -> int:
        time.sleep(0.02)
        return n

    expect_faster(identity, slow, 3, times=5)
    assert "slow(...) is too slow" in failure(lambda: expect_faster(slow, identity, 3, times=5))


def test_a_mismatch_draws_no_traceback_in_a_notebook() -> None:
    assert Mismatch("one\ntwo")._render_traceback_() == ["one", "two"]


@pytest.fixture
def run_seed() -> Iterator[Callable[[int], None]]:
    yield use_run_seed
    use_run_seed(None)


def test_fresh_inputs_are_the_same_in_a_kernel_and_new_in_each_grading_run(run_seed: Callable[[int], None]) -> None:
    own = fresh_generator(3).random(4)
    np.testing.assert_array_equal(own, np.random.default_rng(3).random(4))
    run_seed(7)
    first = fresh_generator(3).random(4)
    np.testing.assert_array_equal(first, fresh_generator(3).random(4))
    assert not np.array_equal(first, own)
    assert not np.array_equal(first, fresh_generator(4).random(4))
    run_seed(8)
    assert not np.array_equal(first, fresh_generator(3).random(4))


class AlwaysEqual:
    shape, dtype = (3,), np.dtype(float)

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = object.__hash__


class EqualFloat(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class EqualText(str):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = str.__hash__


class EqualArray(np.ndarray):
    def __eq__(self, other: object) -> Any:
        return True


EQUAL_TO_ALL = [
    AlwaysEqual(), EqualFloat(1), EqualText("a"), np.zeros(3).view(EqualArray), [AlwaysEqual()], {"a": EqualFloat(2)},
]  # fmt: skip


@pytest.mark.parametrize("got", EQUAL_TO_ALL, ids=lambda v: type(v).__name__)
@pytest.mark.parametrize("expected", [3, 2.5, "b", None, (1,), [1], {"a": 1}, {1}, b"a", float, np.ones(3)], ids=repr)
def test_an_object_that_calls_itself_equal_is_not(got: Any, expected: Any) -> None:
    with pytest.raises(Mismatch):
        expect(identity, got).returns(expected)
    with pytest.raises(Mismatch):
        expect(identity, got).close_to(expected, atol=0.1)


def test_an_object_that_calls_itself_an_array_is_none() -> None:
    for check in (lambda e: e.has_shape((3,)), lambda e: e.has_dtype(float)):
        with pytest.raises(Mismatch):
            check(expect(identity, AlwaysEqual()))


def test_subclasses_are_judged_by_what_they_hold() -> None:
    expect(identity, EqualFloat(1)).returns(1)
    expect(identity, EqualText("a")).returns("a")
    expect(identity, np.ones(2).view(EqualArray)).returns(np.ones(2))
    expect(identity, collections.Counter("aa")).returns({"a": 2})
    expect(identity, torch.Size([2])).returns((2,))
    expect(identity, np.longdouble(0.5)).returns(0.5)


def test_a_failed_test_inside_the_answer_is_no_error_to_expect() -> None:
    def nested() -> None:
        expect(identity, 1).returns(2)

    with pytest.raises(Mismatch, match="identity"):
        expect(nested).raises(AssertionError)


def test_what_cannot_be_shown_is_named() -> None:
    class Shy:
        def __repr__(self) -> str:
            raise ValueError

    assert "a Shy that cannot be shown" in failure(lambda: expect(identity, Shy()).returns(1))
    assert "a int that cannot be shown" in failure(lambda: expect(identity, 10**5000).returns(1))


def test_the_lines_of_an_errors_text_stay_together() -> None:
    def fail() -> None:
        raise ValueError("one\ntwo")

    assert "got       ValueError: one\n            two" in failure(lambda: expect(fail).returns(1))
