"""What a failed test tells the learner, and what it keeps to itself."""

from __future__ import annotations

import pytest

from autograder.expect import expect
from autograder.expect.expectation import Mismatch
from autograder.feedback.message import message_of
from tests.feedback.conftest import MISMATCH, error, printed


def test_a_mismatch_is_split_into_its_fields() -> None:
    message = message_of([printed("seed 17"), error("Mismatch", MISMATCH)])
    assert message is not None and message.headline == "area(...) is wrong"
    assert dict(message.fields) == {
        "call": "area(\n    array([2., 3.]),\n)",
        "got": "5.0\n100% of the values differ",
        "expected": "6.0",
        "cause": "You added <b>and</b> did not multiply.",
    }
    assert message.traceback == ""


def test_the_fields_are_those_that_expect_writes() -> None:
    with pytest.raises(Mismatch) as raised:
        expect(len, [1, 2]).returns(3, cause="You miscounted.")
    message = message_of([error("Mismatch", str(raised.value))])
    assert message is not None and message.headline == "len(...) is wrong"
    assert message.fields == (
        ("call", "len([1, 2])"),
        ("got", "2"),
        ("expected", "3"),
        ("cause", "You miscounted."),
    )


@pytest.mark.parametrize(
    "ename", ["TimeLimit", "KernelDied", "OutOfMemory", "OutputLimit", "NotRun", "AssertionError", "CellTimeoutError"]
)
def test_sentences_for_the_learner_are_shown(ename: str) -> None:
    message = message_of([error(ename, "The call took more than 3 s.")])
    assert message is not None and message.headline == "The call took more than 3 s." and message.fields == ()


@pytest.mark.parametrize("ename", ["NameError", "ValueError", "mismatch", "", "Mismatch "])
def test_of_a_broken_test_nothing_is_told_but_that_it_broke(ename: str) -> None:
    message = message_of([error(ename, "SECRET")])
    assert message is not None and message.headline == "The test itself failed; your instructor has been told."
    assert message.traceback == "" and message.fields == ()


def test_the_instructor_may_show_the_traceback() -> None:
    message = message_of([error("NameError", "x")], show_traceback=True)
    assert message is not None and message.traceback == "SECRET_OF_TRACEBACK\nline 2"


def test_no_error_no_message() -> None:
    assert message_of([printed("fine")]) is None
    assert message_of([]) is None


def test_an_empty_assertion_still_says_something() -> None:
    message = message_of([error("AssertionError", "")])
    assert message is not None and message.headline == "The test failed."
