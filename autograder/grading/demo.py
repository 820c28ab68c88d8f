"""A class to try the grading on: real answers, and everything that goes wrong with real submissions."""

from __future__ import annotations

import ast
import copy
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.answers.bank import Answer, read_bank
from autograder.build.notebooks import release_notebook
from autograder.grading.grade import GradingError, Progress, Status, SubmissionResult, grade_assignment
from autograder.lesson import Exercise, Lesson, read_lesson
from autograder.repository import Repository

SECONDS_PER_CELL = 15
"""Time limit of a cell in the demonstration; the course's own limit would make its hang tedious."""

FLOOD_BYTES = 30_000_000
"""What one submission prints in each call of a function."""

_SETTINGS = """

# Only for this demonstration: nobody wants to wait for a hang.
c.ExecuteSubmission.seconds_per_cell = {seconds}
"""


@dataclass(frozen=True)
class DemoStudent:
    """One made-up student and what the grading should make of the submission.

    Attributes:
        student: id, which is also the name of the folder.
        what: what is special about the submission.
        lowest: fewest points that the grading may give.
        highest: most points that it may give; a wrong answer may pass some of its tests.
        status: the status that the submission must get.
        note: words that its notes must contain; "" if there must be no notes.
    """

    student: str
    what: str
    lowest: float
    highest: float
    status: Status
    note: str

    def agrees_with(self, result: SubmissionResult) -> bool:
        """Return whether the submission was graded as it should be."""
        notes = " ".join(result.notes)
        return (
            self.lowest <= result.score <= self.highest
            and result.status == self.status
            and (self.note in notes if self.note else not notes)
        )


@dataclass(frozen=True)
class DemoRow:
    """One line of the demonstration's table: who, what came of it, and whether that is right."""

    student: DemoStudent
    result: SubmissionResult
    is_as_expected: bool


def run_demo(
    course_root: Path,
    assignment: str,
    into: Path,
    progress: Progress | None = None,
    *,
    seconds_per_cell: int = SECONDS_PER_CELL,
) -> list[DemoRow]:
    """Make a class in the folder ``into``, grade it there, and compare the outcome with what it should be.

    ``into`` becomes a course folder of its own, with its own gradebook: ``nbgrader formgrader`` and
    every other nbgrader command work in it. The repository is only read.

    Args:
        course_root: the repository.
        assignment: the lesson to make submissions for; it must have been built.
        into: a folder that is empty or does not exist yet.
        progress: see :func:`autograder.grading.grade.grade_assignment`.
        seconds_per_cell: the time limit, which is what a hang costs.

    Raises:
        GradingError: if ``into`` is not empty, or the lesson has not been built.
    """
    if into.exists() and any(into.iterdir()):
        raise GradingError(f"{into} is not empty. Mend: name a folder that does not exist yet.")
    students = make_class(course_root, assignment, into, seconds_per_cell=seconds_per_cell)
    results = grade_assignment(into, assignment, progress=progress)
    by_id = {result.student: result for result in results}
    return [
        DemoRow(student, by_id[student.student], student.agrees_with(by_id[student.student])) for student in students
    ]


def make_class(
    course_root: Path, assignment: str, into: Path, *, seconds_per_cell: int = SECONDS_PER_CELL
) -> list[DemoStudent]:
    """Write a course folder with one submission for each kind of student.

    Returns:
        The students in the order of their ids, each with what the grading should make of it.

    Raises:
        GradingError: if the lesson has not been built.
    """
    repository = Repository(course_root)
    solved_path = repository.solution_notebook(assignment)
    if not solved_path.is_file():
        raise GradingError(f"{solved_path} does not exist. Mend: correct the name, or build the lesson.")
    shutil.copytree(solved_path.parent, Repository(into).solutions / assignment)
    settings = repository.nbgrader_config.read_text(encoding="utf-8")
    Repository(into).nbgrader_config.write_text(settings + _SETTINGS.format(seconds=seconds_per_cell), encoding="utf-8")
    lesson = read_lesson(repository.course, assignment)
    solved = nbformat.read(solved_path, as_version=4)
    maker = _ClassMaker(lesson, solved, release_notebook(solved, repository.nbgrader_config), into / "submitted")
    maker.make()
    return maker.students


class _ClassMaker:
    """Makes the submissions of one lesson."""

    def __init__(self, lesson: Lesson, solved: NotebookNode, released: NotebookNode, submitted: Path):
        self.students: list[DemoStudent] = []
        self._lesson = lesson
        self._released = released
        self._submitted = submitted
        self._solutions = {_grade_id(cell): _without_marks(cell.source) for cell in solved.cells if _grade_id(cell)}
        self._coded = [exercise for exercise in lesson.exercises if not exercise.is_written]
        self._full = sum(exercise.points for exercise in self._coded)
        self._complete: Status = "needs_manual_grading" if len(self._coded) < len(lesson.exercises) else "graded"
        bank = read_bank(lesson)
        self._right = {e.name: [a for a in bank if a.exercise == e.name and a.is_right] for e in self._coded}
        self._wrong = {
            e.name: [a for a in bank if a.exercise == e.name and not a.is_right and ".blank" not in a.path.name]
            for e in self._coded
        }

    def make(self) -> None:
        """Write all submissions."""
        self._make_right()
        self._make_wrong()
        self._make_unreadable()
        self._make_repairable()
        self._make_misbehaving()

    def _make_right(self) -> None:
        self._hand_in("perfect", "the reference solutions", self._solve())
        others = {name: answers[0].source for name, answers in self._right.items() if answers}
        self._hand_in("other-ways", "right answers of another kind", self._solve(others))
        chatty = {name: answers[-1].source for name, answers in self._right.items() if answers}
        chatty = {
            name: _wrap(source, name, _WARN) for name, source in chatty.items() if _defines_function(source, name)
        }
        self._hand_in("warnings", "right answers that write to stderr in every call", self._solve(chatty))

    def _make_wrong(self) -> None:
        mistaken = [exercise for exercise in self._coded if self._wrong[exercise.name]][:3]
        for number, exercise in enumerate(mistaken):
            answer = self._wrong[exercise.name][number % len(self._wrong[exercise.name])]
            self._hand_in(
                f"mistake-{number + 1}",
                f"one mistake: {answer.path.stem}",
                self._solve({exercise.name: answer.source}),
                lost=_points_lost(exercise),
            )
        half = self._coded[len(self._coded) // 2 :]
        blank = {exercise.name: _source(self._released, exercise.name) for exercise in half}
        lost = float(sum(exercise.points for exercise in half))
        self._hand_in("half", "the second half of the exercises left out", self._solve(blank), lost=(lost, lost))
        everything = (float(self._full), float(self._full))
        self._hand_in("untouched", "the released notebook as it is", self._released, lost=everything, status="graded")

    def _make_unreadable(self) -> None:
        text = _text(self._solve())
        self._refused("empty", "a file of 0 bytes", b"", note="0 bytes")
        self._refused(
            "broken-json", "a file that ends in the middle", text[: 2 * len(text) // 3], note="not valid JSON: line"
        )
        self._refused("other-file", "a PDF under the notebook's name", b"%PDF-1.7\n", note="a PDF, not a notebook")

    def _make_repairable(self) -> None:
        notebook = self._solve()
        notebook.metadata["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
        self._hand_in("wrong-kernel", "asks for the R kernel", notebook, note="asked for the kernel 'ir'")

        exercise, answer = self._one_mistake()
        notebook = self._solve({exercise.name: answer.source})
        tests = {self._lesson.grade_id(test) for test in exercise.tests}
        notebook.cells = [cell for cell in notebook.cells if _grade_id(cell) not in tests]
        self._hand_in(
            "deleted-test",
            f"one mistake ({answer.path.stem}), and its tests deleted",
            notebook,
            lost=_points_lost(exercise),
            note="was missing: it was put back",
        )
        self._hand_in(
            "renamed",
            "the notebook under another name",
            self._solve(),
            note="was called",
            filename="my solution (1).ipynb",
        )
        self._hand_in("utf-16", "saved as UTF-16", self._solve(), note="UTF-16 instead of UTF-8", encoding="utf-16")

    def _make_misbehaving(self) -> None:
        exercise = self._shortest()
        lost = (float(exercise.points), float(exercise.points))
        solution = self._solutions[exercise.name]
        misbehaviours: list[tuple[str, str, str, tuple[float, float], str]] = [
            ("flood", f"prints {FLOOD_BYTES // 10**6} MB in every call", _FLOOD, (0.0, 0.0), "the rest was cut"),
            ("hang", f"{exercise.name} never returns", _HANG, lost, "did not finish within"),
            ("dies", f"{exercise.name} ends the Python process", _DIE, lost, "ended itself"),
        ]
        for name, what, behaviour, points, note in misbehaviours:
            notebook = self._solve({exercise.name: _wrap(solution, exercise.name, behaviour)})
            self._hand_in(name, what, notebook, lost=points, note=note)

    def _solve(self, answers: dict[str, str] | None = None) -> NotebookNode:
        """Return the released notebook filled in with the reference solutions, or with other answers."""
        notebook = copy.deepcopy(self._released)
        for cell in notebook.cells:
            if cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = (answers or {}).get(_grade_id(cell), self._solutions[_grade_id(cell)])
        return notebook

    def _hand_in(
        self,
        name: str,
        what: str,
        notebook: NotebookNode,
        *,
        lost: tuple[float, float] = (0.0, 0.0),
        status: Status | None = None,
        note: str = "",
        filename: str = "",
        encoding: str = "utf-8",
    ) -> None:
        least, most = min(lost), max(lost)
        student = self._enrol(name, what, self._full - most, self._full - least, status or self._complete, note)
        self._write(student, filename, _text(notebook).encode(encoding))

    def _refused(self, name: str, what: str, content: str | bytes, note: str) -> None:
        student = self._enrol(name, what, 0.0, 0.0, "not_graded", note)
        self._write(student, "", content.encode() if isinstance(content, str) else content)

    def _enrol(self, name: str, what: str, lowest: float, highest: float, status: Status, note: str) -> DemoStudent:
        student = DemoStudent(f"{len(self.students) + 1:02}-{name}", what, lowest, highest, status, note)
        self.students.append(student)
        return student

    def _write(self, student: DemoStudent, filename: str, content: bytes) -> None:
        folder = self._submitted / student.student / self._lesson.name
        folder.mkdir(parents=True)
        (folder / (filename or f"{self._lesson.name}.ipynb")).write_bytes(content)

    def _one_mistake(self) -> tuple[Exercise, Answer]:
        for exercise in self._coded:
            if self._wrong[exercise.name]:
                return exercise, self._wrong[exercise.name][-1]
        raise GradingError(f"{self._lesson.folder / 'answers' / 'wrong'} is empty. Mend: add a wrong answer.")

    def _shortest(self) -> Exercise:
        """Return the exercise with the fewest tests, so that a hang in each of them is over soon."""
        functions = [e for e in self._coded if _defines_function(self._solutions[e.name], e.name)]
        if not functions:
            raise GradingError(
                f"{self._lesson.name} has no exercise that defines a function, so nothing can hang in it."
            )
        return min(functions, key=lambda exercise: len(exercise.tests))


_WARN = "print('a warning that must not cost anything', file=sys.stderr)"
_FLOOD = f"sys.stdout.write('ninety-nine bottles of beer on the wall\\n' * {FLOOD_BYTES // 40})"
_HANG = "while True:\n        pass"
_DIE = "os._exit(1)"


def _wrap(source: str, function: str, first: str) -> str:
    """Return an answer cell whose function does ``first`` at the beginning of each call."""
    return f"""{source}

import functools
import os
import sys

{function}_proper = {function}


@functools.wraps({function}_proper)
def {function}(*args, **kwargs):
    {first}
    return {function}_proper(*args, **kwargs)
"""


def _defines_function(source: str, name: str) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in ast.parse(source).body)


def _points_lost(exercise: Exercise) -> tuple[float, float]:
    """What a wrong answer may cost: the smallest of its tests, or all of them."""
    return float(min(test.points for test in exercise.tests)), float(exercise.points)


def _grade_id(cell: NotebookNode) -> str:
    grade_id: str = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    return grade_id


def _source(notebook: NotebookNode, grade_id: str) -> str:
    source: str = next(cell.source for cell in notebook.cells if _grade_id(cell) == grade_id)
    return source


def _without_marks(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line)


def _text(notebook: NotebookNode) -> str:
    return json.dumps(notebook, indent=1, ensure_ascii=False)
