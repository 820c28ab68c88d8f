"""How strong a lesson's tests are, by its report and by which survivors are recorded as equivalent."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.lesson import Lesson
from autograder.mutation.equivalents import Equivalent, EquivalentsError, read_equivalents
from autograder.mutation.report import Change, Report, ReportError, digest_of, read_report, report_path

WANTED = 0.97
"""The share of the mutants, equivalent ones left out, that tests must kill."""


@dataclass(frozen=True)
class Row:
    """The mutants of one exercise, or of a whole lesson."""

    name: str
    mutants: int
    killed: int
    equivalent: int

    @property
    def survivors(self) -> int:
        """How many mutants are neither killed nor recorded as equivalent."""
        return self.mutants - self.killed - self.equivalent

    @property
    def share(self) -> float:
        """The share of the mutants that tests kill, from 0 to 1; equivalent ones are left out."""
        rest = self.mutants - self.equivalent
        return self.killed / rest if rest else 1.0


@dataclass(frozen=True)
class Standing:
    """A report, read with the record of equivalent mutants."""

    report: Report
    equivalents: tuple[Equivalent, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """One row for each exercise."""
        known = self._known()
        return tuple(
            Row(tally.exercise, tally.mutants, tally.killed, sum(s in known for s in tally.survivors))
            for tally in self.report.tallies
        )

    @property
    def total(self) -> Row:
        """The whole lesson."""
        rows = self.rows
        return Row(
            "all",
            sum(row.mutants for row in rows),
            sum(row.killed for row in rows),
            sum(row.equivalent for row in rows),
        )

    @property
    def survivors(self) -> tuple[Change, ...]:
        """The mutants that are neither killed nor recorded as equivalent."""
        known = self._known()
        return tuple(survivor for survivor in self.report.survivors if survivor not in known)

    @property
    def stale(self) -> tuple[Equivalent, ...]:
        """Entries of the record that name no survivor: the mutant is gone, or a test kills it."""
        survivors = set(self.report.survivors)
        return tuple(equivalent for equivalent in self.equivalents if equivalent.change not in survivors)

    @property
    def problems(self) -> list[str]:
        """What must be mended before the tests count as strong enough; empty if they do."""
        problems = [
            f"{equivalent.change}\nis recorded as equivalent, but a test kills this mutant, or there is none such any "
            "more. Mend: remove the entry."
            for equivalent in self.stale
        ]
        if self.total.share < WANTED:
            problems.append(
                f"{self.total.share:.1%} of the mutants are killed, {WANTED:.0%} are wanted. Mend: write tests that "
                "fail with the survivors, or record those in equivalent.toml that no test can tell from the solution."
            )
        return problems

    def _known(self) -> set[Change]:
        return {equivalent.change for equivalent in self.equivalents}


def read_standing(lesson: Lesson) -> Standing:
    """Read a lesson's report and its record of equivalent mutants.

    Raises:
        ReportError: if there is no report, or it cannot be read.
        EquivalentsError: if the record cannot be read.
    """
    return Standing(read_report(lesson), tuple(read_equivalents(lesson)))


def recorded_problems(lesson: Lesson) -> list[str]:
    """Return what is wrong with a lesson's report and record as they are; nothing is run.

    A report is stale if the lesson's code or an operator has changed since it was made.
    """
    try:
        standing = read_standing(lesson)
    except (ReportError, EquivalentsError) as error:
        return [str(error)]
    if standing.report.digest != digest_of(lesson):
        return [f"{report_path(lesson)}: the code has changed since. Mend: run `course mutate {lesson.name}`."]
    return [f"{lesson.name}: {problem}" for problem in standing.problems]
