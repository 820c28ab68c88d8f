"""The tests of a lesson: from its source, hidden ones included, or from a learner's own notebook, without them."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from autograder.lesson import Lesson, SourceError, read_lesson
from autograder.lesson.names import CellNames, names_of_cells

_HEADING = re.compile(r"^(#{1,3})[ \t]+(.+?)[ \t]*$", re.MULTILINE)
_FENCED = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)


class NoTests(Exception):
    """No tests of a lesson can be found; the text says why and how to mend it."""


@dataclass(frozen=True)
class TestCell:
    """One test of an exercise: its text, and what it is worth."""

    source: str
    points: float


@dataclass(frozen=True)
class ExerciseTests:
    """An exercise as a check sees it.

    Attributes:
        name: what the answer cell defines.
        heading: the heading of its statement, as the notebook has it.
        section: the heading of the part of the lesson that it belongs to; "" if there is none.
        answer: the reference solution, or the model answer of a written exercise; "" if it is not known here.
        hints: the Markdown of its hints; "" if there are none.
        is_written: whether a person grades it.
        points: what it is worth.
        tests: its test cells in order.
    """

    name: str
    heading: str
    section: str
    answer: str
    hints: str
    is_written: bool
    points: float
    tests: tuple[TestCell, ...]

    @property
    def title(self) -> str:
        """The heading without "Exercise:" and without marks of type."""
        return self.heading.removeprefix("Exercise:").replace("`", "").replace("**", "").strip()


@dataclass(frozen=True)
class LessonTests:
    """A lesson as a check sees it.

    Attributes:
        lesson: its folder's name.
        title: its top heading.
        exercises: in order.
        given: the ordinary code cells, which learners are given.
        source: the lesson, if this comes from its source.
        why_incomplete: why the hidden tests are not among the tests; "" if they are.
    """

    lesson: str
    title: str
    exercises: tuple[ExerciseTests, ...]
    given: tuple[str, ...]
    source: Lesson | None = None
    why_incomplete: str = ""

    def exercise(self, name: str) -> ExerciseTests:
        """Return the exercise called ``name``; raises :class:`KeyError` if there is none."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)

    @cached_property
    def given_names(self) -> frozenset[str]:
        """The names that the ordinary cells define."""
        return frozenset[str]().union(*(names.defines for names in _names(self.given)))

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """What the ordinary cells import: name -> (module, name in it or "")."""
        found: dict[str, tuple[str, str]] = {}
        for source in self.given:
            for node in ast.parse(source).body:
                if isinstance(node, ast.Import):
                    for alias in node.names:
                        module = alias.name if alias.asname else alias.name.split(".")[0]
                        found[alias.asname or module] = (module, "")
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    found |= {alias.asname or alias.name: (node.module, alias.name) for alias in node.names}
        return found

    def needs(self, exercise: ExerciseTests) -> frozenset[str]:
        """The names that must be defined before the tests of an exercise run, the exercise's own among them."""
        missing: set[str] = set()
        bound: set[str] = set()
        for names in _names(test.source for test in exercise.tests):
            missing |= names.needs - bound
            bound |= names.defines
        return frozenset(missing)


def all_tests_of(lesson: Lesson) -> LessonTests:
    """Return the tests of a lesson, hidden ones included."""
    section = ""
    sections: dict[int, str] = {}
    for cell in lesson.cells:
        if cell.kind == "markdown":
            section = _section_after(cell.source, section)
        sections[cell.line] = section
    exercises = tuple(
        ExerciseTests(
            exercise.name,
            _heading_of(exercise.statement.source, exercise.name),
            sections[exercise.statement.line],
            exercise.answer.source,
            exercise.hints.source if exercise.hints else "",
            exercise.is_written,
            float(exercise.points),
            tuple(TestCell(test.source, float(test.points)) for test in exercise.tests),
        )
        for exercise in lesson.exercises
    )
    given = tuple(cell.source for cell in lesson.cells if cell.kind == "code" and not cell.exercise)
    return LessonTests(lesson.name, lesson.title, exercises, given, lesson)


def visible_tests_of(notebook: Mapping[str, Any], lesson: str, why_incomplete: str) -> LessonTests:
    """Return the visible tests that stand in a learner's notebook.

    Args:
        notebook: the content of its file.
        lesson: the lesson's name.
        why_incomplete: what to tell the learner about the hidden tests.
    """
    title = section = heading = hints = ""
    given: list[str] = []
    found: dict[str, ExerciseTests] = {}
    tests: dict[str, list[TestCell]] = {}
    for cell in notebook.get("cells", []):
        source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
        marks = cell.get("metadata", {}).get("nbgrader", {})
        name = str(marks.get("grade_id", ""))
        if not name:
            if cell["cell_type"] == "markdown":
                title = title or _heading_of(source, "")
                heading = _heading_of(source, heading, level=3)
                section = _section_after(source, section)
                hints = source if "<details>" in source else hints
            elif cell["cell_type"] == "code":
                given.append(source)
        elif marks.get("solution"):
            is_written = bool(marks.get("grade"))
            points = float(marks.get("points", 0))
            found[name] = ExerciseTests(
                name, heading or name, section, "", "" if is_written else hints, is_written, points, ()
            )
            heading = hints = ""
        elif marks.get("grade"):
            owner = re.sub(r"^test_", "", name)
            owner = owner if owner in found else re.sub(r"_\d+$", "", owner)
            tests.setdefault(owner, []).append(TestCell(source, float(marks.get("points", 0))))
    exercises = tuple(
        exercise
        if exercise.is_written
        else ExerciseTests(
            exercise.name,
            exercise.heading,
            exercise.section,
            "",
            exercise.hints,
            False,
            sum(test.points for test in tests.get(exercise.name, ())),
            tuple(tests.get(exercise.name, ())),
        )
        for exercise in found.values()
    )
    usable = tuple(source for source in given if _is_python(source))
    return LessonTests(lesson, title, exercises, usable, None, why_incomplete)


def find_tests(lesson: str, course: Path | None, notebook: Path | None) -> LessonTests:
    """Return the tests of a lesson from the best place that there is.

    Args:
        lesson: its name.
        course: the folder of the lessons' sources, if there is one.
        notebook: the learner's notebook, if its place is known.

    Raises:
        NoTests: if they are in neither.
    """
    why = "the sources of the course are not in this copy, so whoever grades it runs more tests."
    path = course / lesson / "lesson.py" if course else None
    if path is not None and path.is_file():
        try:
            return _read_source(path, *_state(path))
        except SourceError as error:
            why = f"the source of the lesson has a mistake ({error.problems[0]})."
    if notebook is not None and notebook.is_file():
        try:
            return visible_tests_of(json.loads(notebook.read_bytes()), lesson, why)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise NoTests(f"{notebook} cannot be read as a notebook ({error}). Mend: save it and try again.") from None
    raise NoTests(
        f"The tests of {lesson} are not here: neither the course's sources nor the saved notebook were found. "
        "Mend: keep the notebook in its folder, under its own name, and save it."
    )


@lru_cache(maxsize=64)
def _read_source(path: Path, _modified: int, _size: int) -> LessonTests:
    return all_tests_of(read_lesson(path.parent.parent, path.parent.name))


def _state(path: Path) -> tuple[int, int]:
    state = path.stat()
    return state.st_mtime_ns, state.st_size


def _names(sources: Iterable[str]) -> list[CellNames]:
    return names_of_cells([source for source in sources if _is_python(source)])


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


def _heading_of(markdown: str, otherwise: str, level: int = 0) -> str:
    """Return the last heading of a level, or the first of all; ``otherwise`` if there is none."""
    found = _HEADING.findall(_FENCED.sub("", markdown))
    if level:
        return next((str(text) for signs, text in reversed(found) if len(signs) == level), otherwise)
    return str(found[0][1]) if found else otherwise


def _section_after(markdown: str, before: str) -> str:
    """Return the section that is open after a cell: its last heading of the second level."""
    return _heading_of(markdown, before, level=2)
