"""Reports are kept, read, and judged together with the record of equivalent mutants."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.lesson import Lesson, read_lesson
from autograder.mutation.equivalents import Equivalent, EquivalentsError, equivalents_path, read_equivalents
from autograder.mutation.mutants import mutants_of
from autograder.mutation.report import (
    Change,
    Report,
    ReportError,
    Tally,
    change_of,
    digest_of,
    make_report,
    read_report,
    report_path,
    write_report,
)
from autograder.mutation.standing import Standing, read_standing, recorded_problems
from autograder.mutation.survey import Fate
from autograder.repository import Repository
from tests.conftest import LESSON, make_course

SURVIVOR = Change("dot", "return float(products.sum())", "return products.sum()")
ENTRY = """[[equivalent]]
exercise = "dot"
before = "return float(products.sum())"
after = "return products.sum()"
reason = "A NumPy float equals the Python float."
"""


@pytest.fixture
def repository(tmp_path) -> Repository:
    return make_course(tmp_path)


@pytest.fixture
def lesson(repository: Repository) -> Lesson:
    return read_lesson(repository.course, LESSON)


def report_of(lesson: Lesson) -> Report:
    """Return the report of a run in which all mutants but one were killed."""
    fates = [Fate(mutant, True) for mutant in mutants_of(lesson)]
    return make_report(lesson, [Fate(fate.mutant, change_of(fate) != SURVIVOR) for fate in fates])


def test_a_report_is_read_as_it_was_written(lesson: Lesson) -> None:
    strange = Change("dot", 'x = "a\\n"\n\ty', "x = 'ü'  # \"quoted\" \\ end")
    report = Report(digest_of(lesson), (Tally("dot", 5, (SURVIVOR, strange)), Tally("norm", 2, ())))
    write_report(lesson, report)
    assert read_report(lesson) == report
    assert report.tallies[0].killed == 3


def test_a_report_counts_each_exercise(lesson: Lesson) -> None:
    assert report_of(lesson).tallies == (Tally("dot", 3, (SURVIVOR,)),)


@pytest.mark.parametrize(
    ("text", "says"), [(None, "it is missing"), ("[", "cannot be read"), ("digest = 1", "cannot be read")]
)
def test_a_report_that_cannot_be_read_names_the_mend(lesson: Lesson, text: str | None, says: str) -> None:
    if text is not None:
        report_path(lesson).write_text(text, encoding="utf-8")
    with pytest.raises(ReportError, match=says) as error:
        read_report(lesson)
    assert f"Mend: run `course mutate {LESSON}`." in str(error.value)


def test_the_digest_follows_the_code_and_not_the_prose(
    repository: Repository, lesson: Lesson, edit_lesson: Callable[[str, str], None]
) -> None:
    before = digest_of(lesson)
    edit_lesson("# # Vectors", "# # Vectors and more")
    assert digest_of(read_lesson(repository.course, LESSON)) == before
    edit_lesson('cause="You lost a sign."', 'cause="You lost the sign."')
    after = digest_of(read_lesson(repository.course, LESSON))
    assert after != before
    edit_lesson("    products = a * b\n", "    products = b * a\n")
    assert digest_of(read_lesson(repository.course, LESSON)) not in (before, after)


def test_the_digest_follows_the_operators(lesson: Lesson, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digest_of(lesson)
    monkeypatch.delitem(__import__("autograder.mutation.mutants", fromlist=["OPERATORS"]).OPERATORS, "dropped call")
    assert digest_of(lesson) != before


def test_equivalent_mutants_do_not_count(lesson: Lesson) -> None:
    report = report_of(lesson)
    bare = Standing(report, ())
    assert bare.survivors == (SURVIVOR,)
    assert (bare.total.killed, bare.total.equivalent, bare.total.survivors) == (2, 0, 1)
    [problem] = bare.problems
    assert problem.startswith("66.7% of the mutants are killed, 97% are wanted. Mend:")
    recorded = Standing(report, (Equivalent(SURVIVOR, "because"),))
    assert recorded.survivors == ()
    assert (recorded.total.equivalent, recorded.total.share) == (1, 1.0)
    assert recorded.problems == []


@pytest.mark.parametrize(
    "stale", [Change("dot", "products = a * b", "products = a / b"), Change("gone", "return 1", "return 2")]
)
def test_a_record_of_a_mutant_that_is_killed_or_gone_is_stale(lesson: Lesson, stale: Change) -> None:
    standing = Standing(report_of(lesson), (Equivalent(SURVIVOR, "because"), Equivalent(stale, "because")))
    assert [equivalent.change for equivalent in standing.stale] == [stale]
    [problem] = standing.problems
    assert "Mend: remove the entry." in problem
    assert stale.after in problem


def test_the_record_need_not_exist(lesson: Lesson) -> None:
    assert read_equivalents(lesson) == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[", "not valid TOML"),
        (ENTRY.replace('reason = "A NumPy float equals the Python float."', ""), "entry 1 has no reason"),
        (ENTRY.replace("A NumPy float equals the Python float.", " "), "entry 1 has no reason"),
        (ENTRY + "[[equivalent]]\n", "entry 2 has no exercise"),
    ],
)
def test_a_record_with_a_mistake_names_it(lesson: Lesson, text: str, says: str) -> None:
    equivalents_path(lesson).write_text(text, encoding="utf-8")
    with pytest.raises(EquivalentsError, match=says) as error:
        read_equivalents(lesson)
    assert "Mend:" in str(error.value)


def test_what_is_recorded_is_judged_without_running_anything(
    repository: Repository, lesson: Lesson, edit_lesson: Callable[[str, str], None]
) -> None:
    assert "it is missing" in recorded_problems(lesson)[0]
    write_report(lesson, report_of(lesson))
    assert "66.7%" in recorded_problems(lesson)[0]
    equivalents_path(lesson).write_text(ENTRY, encoding="utf-8")
    assert recorded_problems(lesson) == []
    assert read_standing(lesson).total.share == 1.0
    equivalents_path(lesson).write_text("[", encoding="utf-8")
    assert "not valid TOML" in recorded_problems(lesson)[0]
    edit_lesson('cause="You lost a sign."', 'cause="A sign was lost."')
    equivalents_path(lesson).write_text(ENTRY, encoding="utf-8")
    [stale] = recorded_problems(read_lesson(repository.course, LESSON))
    assert "the code has changed since" in stale
    assert f"Mend: run `course mutate {LESSON}`." in stale
