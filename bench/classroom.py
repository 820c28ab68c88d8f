"""A class of made-up students who hand in the same lesson, some with wrong answers."""

from __future__ import annotations

import copy
import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.answers.bank import Answer, read_bank
from autograder.build.notebooks import release_notebook, serialise, solution_notebook
from autograder.build.publish import material_files
from autograder.lesson import Lesson, read_lesson
from autograder.repository import Repository

ROOT = Path(__file__).parents[1]
OWN_LESSON = "clip_search"
REAL_LESSON = "b1_imread"

BORROWED = ROOT / "course" / REAL_LESSON / "images" / "astronaut.jpg"
"""The benchmark's own lesson has no data of its own."""

SHARE_OF_WRONG_ANSWERS = 0.3


def course_of(lesson: str) -> Path:
    """Return the folder that holds the curriculum and the lesson: the benchmark's own, or the course."""
    return Path(__file__).parent / "course" if lesson == OWN_LESSON else ROOT / "course"


@dataclass(frozen=True)
class Classroom:
    """A lesson and a class of students who hand it in.

    Attributes:
        lesson: the lesson, read.
        size: how many students there are.
    """

    lesson: Lesson
    size: int

    @classmethod
    def of(cls, lesson: str, size: int) -> Classroom:
        """Return a class of ``size`` students for a lesson of the benchmark or of the course."""
        return cls(read_lesson(course_of(lesson), lesson), size)

    @property
    def students(self) -> list[str]:
        """The ids of all students, in order."""
        return [f"s{number:04}" for number in range(1, self.size + 1)]

    @cached_property
    def solved(self) -> NotebookNode:
        """The notebook with solutions and hidden tests, marks included, not executed.

        Without this project's magics: other tools, and ``exec``, do not know them.
        """
        notebook = solution_notebook(self.lesson, ROOT / "nbgrader_config.py")
        notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("%")]
        return notebook

    @cached_property
    def released(self) -> NotebookNode:
        """What the students get."""
        return release_notebook(self.solved, ROOT / "nbgrader_config.py")

    @cached_property
    def tests(self) -> dict[str, float]:
        """The points of each test cell, by its grade id."""
        return {
            cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
            for cell in self.solved.cells
            if is_test(cell)
        }

    def handed_in(self, student: str) -> NotebookNode:
        """Return the released notebook with the student's answers in it."""
        return self._filled_in(self.released, student)

    def as_graded(self, student: str) -> NotebookNode:
        """Return what a grader executes: the student's answers, and every test in full."""
        return self._filled_in(self.solved, student)

    def write_files(self, folder: Path) -> None:
        """Copy the files that the notebook reads into ``folder``, where the notebook will run."""
        for name, path in self.files():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)

    def files(self) -> Iterator[tuple[str, Path]]:
        """Yield the files that the notebook reads: the name relative to the notebook, and where it is."""
        if self.lesson.name == OWN_LESSON:
            yield f"images/{BORROWED.name}", BORROWED
        else:
            for folder in self.lesson.materials:
                for path in sorted(material_files(folder)):
                    yield f"{folder.name}/{path}", folder / path

    def write_course(self, root: Path) -> None:
        """Make ``root`` a course folder of this project, with every submission in ``submitted/``."""
        name, repository = self.lesson.name, Repository(root)
        repository.course.mkdir(parents=True)
        shutil.copyfile(self.lesson.folder.parent / "curriculum.toml", repository.course / "curriculum.toml")
        shutil.copytree(self.lesson.folder, repository.course / name)
        shutil.copyfile(ROOT / "nbgrader_config.py", repository.nbgrader_config)
        self.write_source(repository.solutions)
        self.write_submissions(root / "submitted")

    def write_source(self, folder: Path) -> None:
        """Write nbgrader's source of the assignment into ``folder``: the solved notebook and its files."""
        notebook = folder / self.lesson.name / f"{self.lesson.name}.ipynb"
        notebook.parent.mkdir(parents=True)
        notebook.write_text(serialise(self.solved), encoding="utf-8")
        self.write_files(notebook.parent)

    def write_submissions(self, folder: Path, students: list[str] | None = None) -> None:
        """Write ``folder/<student>/<lesson>/<lesson>.ipynb`` for each student."""
        for student in self.students if students is None else students:
            target = folder / student / self.lesson.name
            target.mkdir(parents=True)
            (target / f"{self.lesson.name}.ipynb").write_text(serialise(self.handed_in(student)), encoding="utf-8")

    @cached_property
    def _bank(self) -> dict[str, list[Answer]]:
        answers: dict[str, list[Answer]] = {}
        for answer in read_bank(self.lesson):
            answers.setdefault(answer.exercise, []).append(answer)
        return answers

    def _filled_in(self, notebook: NotebookNode, student: str) -> NotebookNode:
        answers = self._answers(student)
        filled = copy.deepcopy(notebook)
        for cell in filled.cells:
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution"):
                cell.source = answers[cell.metadata.nbgrader.grade_id]
        return nbformat.from_dict(filled)

    def _answers(self, student: str) -> dict[str, str]:
        """Return the answer cell of each exercise. The first student has the reference; no two hand in the same."""
        choice = random.Random(student)
        answers = {}
        for exercise in (exercise for exercise in self.lesson.exercises if not exercise.is_written):
            source = _without_marks(exercise.answer.source)
            wanted_right = choice.random() >= SHARE_OF_WRONG_ANSWERS
            others = [answer.source for answer in self._bank[exercise.name] if answer.is_right == wanted_right]
            if student != self.students[0]:
                source = choice.choice([*others, source] if wanted_right else others)
            answers[exercise.name] = f"# Handed in by {student}.\n{source}"
        return answers


def is_test(cell: NotebookNode) -> bool:
    """Return whether a cell is a test: graded, and not a written answer."""
    settings = cell.metadata.get("nbgrader", {})
    return bool(cell.cell_type == "code" and settings.get("grade") and not settings.get("solution"))


def _without_marks(source: str) -> str:
    return "\n".join(line for line in source.split("\n") if "BEGIN SOLUTION" not in line and "END SOLUTION" not in line)
