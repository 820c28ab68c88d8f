"""Every mistake in a lesson file is reported with its line and its mend."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from autograder.lesson import Role, SourceError, read_lesson, written_lessons
from autograder.repository import Repository
from tests.conftest import LESSON, SOURCE


def line_of(text: str, source: str = SOURCE) -> int:
    return source[: source.index(text)].count("\n") + 1


def test_reads_what_the_lesson_holds(repository: Repository) -> None:
    lesson = read_lesson(repository.course, LESSON)
    dot, explain = lesson.exercises
    assert (lesson.title, lesson.minutes, lesson.points) == ("Vectors", 5, 4)
    assert (dot.name, dot.points, dot.difficulty, dot.question, dot.is_written) == ("dot", 2, 1, "Q02", False)
    assert (explain.is_written, explain.points, explain.answer.source) == (True, 2, "An array with one axis.")
    assert dot.answer.line == line_of('# %% exercise="dot"')
    assert [cell.role for cell in lesson.cells[:3]] == [Role.PLAIN] * 3


def test_unwritten_lessons_are_absent(repository, curriculum) -> None:
    assert written_lessons(repository.course, curriculum) == [LESSON]


MISTAKES = [
    # what is changed, into what, the line named, what the report says, what mends it
    ('exercise="dot" minutes=3', 'exercise="dot" minuts=3', '# %% exercise="dot"', "Unknown cell option 'minuts'", "use one of"),  # noqa: E501
    ('exercise="dot" minutes=3 ', 'exercise="dot" ', '# %% exercise="dot"', "has no minutes", "add minutes=..."),
    ('exercise="dot" minutes', "exercise=dot minutes", '# %% exercise="dot"', "cannot be read", 'name="text"'),
    ('test="dot" points=2', 'test="dot"', '# %% test="dot"', "has no points", "add points=..."),
    ('test="dot" points=2', 'test="dot" points=0', '# %% test="dot"', "points=0", "correct the option"),
    ('test="dot" points=2', 'test="dott" points=2', '# %% test="dot"', "no exercise dott", "correct the name"),
    ('test="dot" points=2', 'test="dott" points=2', '# %% exercise="dot"', "dot has no test", "add a cell"),
    ('written="explain"', 'written="dot"', '# %% [markdown] written="explain"', "The name dot is taken", "rename one"),
    ("    ### END SOLUTION\n", "", "    ### BEGIN SOLUTION", "without its ### END SOLUTION", "add the missing mark"),
    ("### END HIDDEN TESTS\n", "", "### BEGIN HIDDEN TESTS", "without its ### END HIDDEN TESTS", "add the missing mark"),  # noqa: E501
    ("    ### BEGIN SOLUTION\n", "", "    ### END SOLUTION", "without its ### BEGIN SOLUTION", "add the missing mark"),
    ("difficulty=1 question=\"Q02\"", "difficulty=9 question=\"Q02\"", '# %% exercise="dot"', "out of range", "choose 1"),  # noqa: E501
    ("minutes=5 seconds=60 megabytes=1000", "minutes=5 seconds=60", "# %% [markdown] minutes", "does not state megabytes", "add"),  # noqa: E501
    ("# # Vectors", "# Vectors", "# %% [markdown] minutes", "not the title", "begin with a markdown cell"),
    ("def dot(a: np", "def dots(a: np", '# %% exercise="dot"', "does not define dot", "define it"),
    ("products = a * b", "products = a *", "    products = a * b", "Not valid Python", "correct the code"),
    ('# %% [markdown] hints="dot"', "# %% [markdown]", '# %% exercise="dot"', "no hints cell", "add"),
    ('# %% [markdown] statement="dot"', "# %% [markdown]", '# %% exercise="dot"', "no statement cell", "add"),
    ('# %% [markdown] hints="dot"', '# %% [markdown] hints="dot" statement="dot"', '# %% [markdown] hints="dot"', "two roles", "two cells"),  # noqa: E501
    ('# %% [markdown] hints="dot"', '# %% hints="dot"', '# %% [markdown] hints="dot"', "is a code cell", "[markdown]"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at", "says", "mend"), MISTAKES)
def test_a_mistake_names_line_and_mend(
    repository: Repository, edit_lesson: Callable[[str, str], None], old: str, new: str, at: str, says: str, mend: str
) -> None:
    edit_lesson(old, new)
    with pytest.raises(SourceError) as raised:
        read_lesson(repository.course, LESSON)
    reports = str(raised.value).splitlines()
    line = line_of(at if at in SOURCE.replace(old, new) else new, SOURCE.replace(old, new))
    assert any(
        re.match(rf".*lesson\.py:{line}: ", report) and says in report and mend in report.split(" Mend: ")[1]
        for report in reports
    ), f"no report for line {line} says {says!r} among {reports}"


def test_all_mistakes_are_reported_at_once(repository: Repository, edit_lesson: Callable[[str, str], None]) -> None:
    edit_lesson('test="dot" points=2', 'test="dot"')
    edit_lesson("# # Vectors", "# Vectors")
    with pytest.raises(SourceError) as raised:
        read_lesson(repository.course, LESSON)
    assert len(raised.value.problems) == 2
