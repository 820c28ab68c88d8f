"""What became of a lesson's mutants, kept beside its answers in ``mutants.toml``."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.lesson import Lesson
from autograder.mutation.mutants import mutants_of
from autograder.mutation.survey import Fate

FILENAME = "mutants.toml"


class ReportError(Exception):
    """There is no report, or it cannot be read; the text names the mend."""


@dataclass(frozen=True)
class Change:
    """What a mutant changed, without its place, which moves when the lesson's text is edited.

    Attributes:
        exercise: the exercise whose solution was changed.
        before: the lines that differ as the solution has them.
        after: the same lines as the mutant has them.
    """

    exercise: str
    before: str
    after: str

    def __str__(self) -> str:
        removed = "".join(f"\n  - {line}" for line in self.before.split("\n"))
        added = "".join(f"\n  + {line}" for line in self.after.split("\n"))
        return f"{self.exercise}{removed}{added}"


@dataclass(frozen=True)
class Tally:
    """One exercise: how many mutants its solution has, and which of them no test tells from it."""

    exercise: str
    mutants: int
    survivors: tuple[Change, ...]

    @property
    def killed(self) -> int:
        """How many mutants a test failed with."""
        return self.mutants - len(self.survivors)


@dataclass(frozen=True)
class Report:
    """What a run of all mutants of a lesson found.

    Attributes:
        digest: of the code and the mutants that were tried, as :func:`digest_of` makes it.
        tallies: one for each exercise with code.
    """

    digest: str
    tallies: tuple[Tally, ...]

    @property
    def survivors(self) -> tuple[Change, ...]:
        """Every change that no test noticed."""
        return tuple(survivor for tally in self.tallies for survivor in tally.survivors)


def report_path(lesson: Lesson) -> Path:
    """Return where a lesson's report is kept."""
    return lesson.folder / "answers" / FILENAME


def digest_of(lesson: Lesson) -> str:
    """Return a digest of everything that decides what mutants there are and what becomes of them.

    That is all code of the lesson, and the mutants: these also change when an operator does. Prose is left out.
    """
    code = [cell.source for cell in lesson.cells if cell.kind == "code"]
    mutants = [mutant.source for mutant in mutants_of(lesson)]
    return hashlib.sha256(json.dumps([code, mutants]).encode()).hexdigest()


def make_report(lesson: Lesson, fates: Iterable[Fate]) -> Report:
    """Count what became of the mutants of each exercise."""
    fates = list(fates)
    tallies = []
    for exercise in lesson.exercises:
        mine = [fate for fate in fates if fate.mutant.exercise == exercise.name]
        survivors = (change_of(fate) for fate in mine if not fate.is_killed)
        if not exercise.is_written:
            tallies.append(Tally(exercise.name, len(mine), tuple(survivors)))
    return Report(digest_of(lesson), tuple(tallies))


def change_of(fate: Fate) -> Change:
    """Return what a mutant changed."""
    return Change(fate.mutant.exercise, fate.mutant.before, fate.mutant.after)


def write_report(lesson: Lesson, report: Report) -> None:
    """Write ``answers/mutants.toml``."""
    lines = [f"# Made by `course mutate {lesson.name}`; do not edit.", f'digest = "{report.digest}"']
    for tally in report.tallies:
        lines += ["", "[[exercise]]", f'name = "{tally.exercise}"', f"mutants = {tally.mutants}"]
        lines += [f"killed = {tally.killed}"]
        for survivor in tally.survivors:
            lines += ["[[exercise.survivor]]", f"before = {_quoted(survivor.before)}"]
            lines += [f"after = {_quoted(survivor.after)}"]
    path = report_path(lesson)
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def read_report(lesson: Lesson) -> Report:
    """Read ``answers/mutants.toml``.

    Raises:
        ReportError: if it is missing or cannot be read.
    """
    path, mend = report_path(lesson), f"Mend: run `course mutate {lesson.name}`."
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        tallies = tuple(
            Tally(
                entry["name"],
                entry["mutants"],
                tuple(Change(entry["name"], s["before"], s["after"]) for s in entry.get("survivor", [])),
            )
            for entry in table["exercise"]
        )
        return Report(table["digest"], tallies)
    except FileNotFoundError:
        raise ReportError(f"{path}: it is missing. {mend}") from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ReportError(f"{path}: it cannot be read ({error}). {mend}") from None


def _quoted(text: str) -> str:
    """Return a TOML string: JSON writes the same escapes."""
    return json.dumps(text, ensure_ascii=False)
