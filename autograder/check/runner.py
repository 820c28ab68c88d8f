"""Run the tests of one exercise on the names of a notebook, and report."""

from __future__ import annotations

import builtins
import contextlib
import dis
import io
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from types import CodeType, FunctionType
from typing import Any

from autograder.check.cell import explain_error, points_given, run_source
from autograder.check.explain import field_order, in_words
from autograder.check.lesson_tests import ExerciseTests, LessonTests, TestCell
from autograder.check.report import PointsOfTest, Report, State
from autograder.expect.expectation import Expectation, Mismatch
from autograder.expect.mismatch import NotSolved
from autograder.expect.place import place_in_cell
from autograder.feedback.message import message_of

_MOST_PRINTED_LINES = 20
_OURS = "autograder"

Guard = Callable[[], AbstractContextManager[Any]]


def check_exercise(
    lesson: LessonTests, exercise: str, namespace: Mapping[str, Any], *, around_test: Guard = nullcontext
) -> Report:
    """Run the tests of an exercise on a copy of ``namespace``, which is left as it is.

    What is printed meanwhile is not shown, except what the failing call printed.

    Args:
        lesson: the lesson's tests.
        exercise: name of the exercise.
        namespace: the names of the learner's notebook.
        around_test: makes what is entered around each test, such as a time limit.

    Raises:
        KeyError: if the lesson has no such exercise.
    """
    wanted = lesson.exercise(exercise)
    report = Report(
        lesson.lesson,
        exercise,
        wanted.title,
        State.WRITTEN,
        best=wanted.points,
        complete=not lesson.why_incomplete,
        why_incomplete=lesson.why_incomplete,
    )
    if wanted.is_written:
        return report
    obstacle = _obstacle(lesson, wanted, namespace)
    if obstacle:
        return replace(report, state=State.NOT_RUN, headline=obstacle)
    names = _names_for_tests(lesson, wanted, namespace)
    made = Expectation.made
    try:
        runs = list(_run_tests(wanted, names, around_test))
    except KeyboardInterrupt as interrupt:
        return replace(report, state=State.STOPPED, headline=_stopped(interrupt))
    finally:
        Expectation.made = made  # what a check tries does not count as tried by the cell that asked for it
    results = tuple(
        PointsOfTest(number, run.error is None, run.points, test.points)
        for number, (test, run) in enumerate(zip(wanted.tests, runs, strict=True), start=1)
    )
    report = replace(report, points=sum(result.points for result in results), tests=results)
    failed = next((number for number, run in enumerate(runs) if run.error is not None), None)
    if failed is None:
        state = State.PASSED if report.complete else State.VISIBLE_PASSED
        return replace(report, state=state, checks=sum(run.checks for run in runs))
    return _failed(report, lesson, wanted, namespace, runs[: failed + 1])


@dataclass(frozen=True)
class _TestRun:
    """What came of one test cell.

    Attributes:
        points: what it gives.
        checks: how many checks held.
        error: why it failed; None if it passed.
        printed: what was printed since the last check began.
    """

    points: float
    checks: int
    error: BaseException | None = None
    printed: str = ""


class _Printed(io.StringIO):
    """Keeps what is printed during the check that began last."""

    _during = -1

    def write(self, text: str) -> int:
        if self._during != Expectation.made:
            self._during = Expectation.made
            self.seek(0)
            self.truncate()
        return super().write(text)

    def of_last_check(self) -> str:
        """Return what was printed since the last check began."""
        return self.getvalue() if self._during == Expectation.made else ""


def _run_tests(exercise: ExerciseTests, names: dict[str, Any], around_test: Guard) -> Iterator[_TestRun]:
    for number, test in enumerate(exercise.tests, start=1):
        yield _run_test(test, f"<test {number} of {exercise.name}>", names, around_test)


def _run_test(test: TestCell, filename: str, names: dict[str, Any], around_test: Guard) -> _TestRun:
    before = Expectation.made
    printed = _Printed()
    try:
        with around_test(), contextlib.redirect_stdout(printed), contextlib.redirect_stderr(io.StringIO()):
            given = points_given(run_source(test.source, filename, names), test.points)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a learner's code may also call sys.exit
        held = Expectation.made - before - isinstance(error, Mismatch)
        return _TestRun(0.0, max(0, held), error, printed.of_last_check())
    return _TestRun(test.points if given is None else given, Expectation.made - before)


def _obstacle(lesson: LessonTests, exercise: ExerciseTests, namespace: Mapping[str, Any]) -> str:
    """Return why the tests cannot say anything yet; "" if they can."""
    if not exercise.tests:
        return f"The tests of {exercise.name} are not in this notebook. Mend: take a fresh copy of the notebook."
    needed = lesson.needs(exercise)
    there = set(namespace) | set(dir(builtins))
    given = sorted(name for name in needed - there if name != exercise.name and name in lesson.given_names)
    if given:
        names = ", ".join(f"`{name}`" for name in given)
        return f"Run the cells above first: the tests need {names}, which the notebook defines there."
    if exercise.name not in namespace:
        return (
            f"Run your answer cell first: `{exercise.name}` is not defined yet. "
            "If that cell stopped with an error, mend it first."
        )
    used = _globals_of(namespace[exercise.name], namespace)
    missing = sorted(name for name in used - there if name in lesson.given_names)
    if missing:
        names = ", ".join(f"`{name}`" for name in missing)
        return f"Run the cells above first: your code uses {names}, which the notebook defines there."
    return ""


def _names_for_tests(lesson: LessonTests, exercise: ExerciseTests, namespace: Mapping[str, Any]) -> dict[str, Any]:
    """Return the names that tests see: the learner's, except for imports and built-ins, which stay what they are."""
    names = dict(namespace)
    names.update({name: value for name, value in _imported(lesson).items() if name in names or _is_ours(lesson, name)})
    for name in lesson.needs(exercise) & set(vars(builtins)):
        if name != exercise.name and name not in lesson.given_names:
            names.pop(name, None)
    return names


def _imported(lesson: LessonTests) -> dict[str, Any]:
    """Return what the lesson's cells import, as far as it has been imported."""
    found: dict[str, Any] = {}
    for name, (module, attribute) in lesson.imports.items():
        loaded = sys.modules.get(module)
        if loaded is None:
            continue
        if not attribute:
            found[name] = loaded
        elif attribute in vars(loaded):  # not getattr: a lazy module would import it now
            found[name] = vars(loaded)[attribute]
    return found


def _is_ours(lesson: LessonTests, name: str) -> bool:
    return lesson.imports[name][0].split(".")[0] == _OURS


def _overwritten(lesson: LessonTests, exercise: ExerciseTests, namespace: Mapping[str, Any]) -> str:
    """Say which imports or built-ins of the learner's code no longer mean what they did; "" if none."""
    used = _globals_of(namespace[exercise.name], namespace) | lesson.needs(exercise)
    imported = _imported(lesson)
    changed = [name for name in imported if name in used and namespace.get(name, imported[name]) is not imported[name]]
    hidden = [
        name
        for name in used & set(vars(builtins)) & set(namespace)
        if name not in lesson.given_names and namespace[name] is not vars(builtins)[name] and name != exercise.name
    ]
    sentences = []
    if changed:
        names = ", ".join(f"`{name}`" for name in sorted(changed))
        sentences.append(f"A cell of yours gave {names} another value. Rename yours, then run the first cells again.")
    if hidden:
        names = ", ".join(f"`{name}`" for name in sorted(hidden))
        sentences.append(f"A cell of yours covers Python's own {names}. Rename yours, then run `del {hidden[0]}`.")
    return " ".join(sentences)


def _globals_of(value: Any, namespace: Mapping[str, Any]) -> set[str]:
    """Return the global names that a function of the notebook uses."""
    if not isinstance(value, FunctionType) or value.__globals__ is not namespace:
        return set()
    return _names_in(value.__code__)


def _names_in(code: CodeType) -> set[str]:
    used = {
        instruction.argval
        for instruction in dis.get_instructions(code)
        if instruction.opname in ("LOAD_GLOBAL", "LOAD_NAME")
    }
    return used.union(*(_names_in(constant) for constant in code.co_consts if isinstance(constant, CodeType)))


def _failed(
    report: Report,
    lesson: LessonTests,
    exercise: ExerciseTests,
    namespace: Mapping[str, Any],
    runs: list[_TestRun],
) -> Report:
    """Report the first test that failed, the last of ``runs``."""
    run = runs[-1]
    error = run.error
    assert error is not None
    checks = sum(each.checks for each in runs)
    text = _text_of(error)
    message = message_of([{"output_type": "error", "ename": "Mismatch", "evalue": text}])
    assert message is not None
    if isinstance(error, (NotSolved, NotImplementedError)):
        unsolved = message.headline.partition(":")[0].rstrip(".")  # what to do now is said by the next step
        return replace(report, state=State.UNSOLVED, checks=checks, headline=f"{unsolved}.")
    fields = list(message.fields)
    if not any(name == "cause" for name, _ in fields):
        fields += [("cause", words) for words in [in_words(error, dict(fields).get("got", ""))] if words]
    overwritten = _overwritten(lesson, exercise, namespace)
    if overwritten:
        fields.append(("note", overwritten))
    if run.printed.strip():
        fields.append(("printed", _last_lines(run.printed)))
    return replace(
        report,
        state=State.FAILED,
        checks=checks,
        headline=message.headline,
        fields=field_order(fields),
        section=exercise.section,
    )


def _text_of(error: BaseException) -> str:
    if isinstance(error, Mismatch):
        return str(error)
    if isinstance(error, AssertionError) and place_in_cell(error) is None:
        return str(error) or "A condition of the test does not hold."
    if not isinstance(error, Exception):
        return f"Your code ended the check with {type(error).__name__}"
    if isinstance(error, NotImplementedError) or place_in_cell(error) is not None:
        return explain_error(error)
    return f"The test could not use what your code gave it\n  got       {type(error).__name__}: {error}"


def _stopped(interrupt: KeyboardInterrupt) -> str:
    place = place_in_cell(interrupt)
    where = f" It was {place}." if place else ""
    return f"You stopped the check.{where} If it did not come to an end, look for a loop that never ends."


def _last_lines(text: str) -> str:
    lines = text.rstrip("\n").split("\n")
    cut = [f"... {len(lines) - _MOST_PRINTED_LINES} lines before these"] if len(lines) > _MOST_PRINTED_LINES else []
    return "\n".join([*cut, *lines[-_MOST_PRINTED_LINES:]])
