"""Gates on what is earned: nothing for nothing, everything for the solution, each exercise on its own."""

from __future__ import annotations

from collections.abc import Iterator

from nbgrader.utils import determine_grade

from autograder.build.publish import first_failure
from autograder.gates.subject import Finding, Subject


def unsolved_earns_nothing(subject: Subject) -> Iterator[Finding]:
    """The unsolved notebook earns zero on every graded cell."""
    for cell in subject.unsolved_run.notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            score, _best = determine_grade(cell)
            if score != 0:
                yield Finding(
                    f"{subject.lesson.path} ({cell.metadata['nbgrader']['grade_id']})",
                    f"an unsolved exercise earns {score:g} points.",
                    "let the test check something that only a solution does.",
                )


def solution_earns_everything(subject: Subject) -> Iterator[Finding]:
    """The solved notebook runs without an error and earns full marks."""
    run = subject.solved_run
    failure = first_failure(subject.lesson, run)
    if failure:
        yield Finding(str(subject.lesson.path), failure, "correct the solution or the test.")
    for cell in run.notebook.cells:
        marks = cell.metadata.get("nbgrader", {})
        if marks.get("grade") and not marks.get("solution"):
            score, best = determine_grade(cell)
            if score != best:
                yield Finding(
                    f"{subject.lesson.path} ({marks['grade_id']})",
                    f"the reference solution earns {score:g} of {best:g} points.",
                    "correct the solution or the test; a test that writes to stderr fails in nbgrader.",
                )


def exercises_are_independent(subject: Subject) -> Iterator[Finding]:
    """An exercise left unsolved fails its own tests and no other's."""
    for name, failed in subject.trials.unsolved.items():
        if name not in failed:
            yield Finding(
                f"{subject.lesson.path} ({name})",
                "its tests pass although it is unsolved.",
                "let the test call the function.",
            )
        for other in sorted(failed - {name}):
            yield Finding(
                f"{subject.lesson.path} ({other})",
                f"its tests fail when {name} is left unsolved.",
                f"give the test of {other} its input instead of calling {name}.",
            )


def bank_is_judged_rightly(subject: Subject) -> Iterator[Finding]:
    """Every right answer of the bank passes; every wrong one fails with its own message."""
    for trial in subject.trials.answers:
        if trial.problem:
            yield Finding(str(trial.answer.path), f"{trial.problem}.", "correct the test, or the answer's message.")
    covered = {(trial.answer.exercise, trial.answer.is_right) for trial in subject.trials.answers}
    for name in subject.stubs:
        for is_right, kind in ((True, "right"), (False, "wrong")):
            if (name, is_right) not in covered:
                yield Finding(
                    f"{subject.lesson.folder}/answers/{kind}",
                    f"no {kind} answer to {name}.",
                    f"add {name}.<slug>.py: a test that has never met a {kind} answer proves nothing.",
                )
