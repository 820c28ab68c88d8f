"""The tools that are compared. Each prepares a folder for a class, grades it, and tells the points of every test."""

from __future__ import annotations

import ast
import copy
import json
import os
import subprocess
import sys
import sysconfig
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell
from nbgrader.api import Gradebook

from autograder.build.notebooks import serialise
from autograder.lesson.regions import HIDDEN_TESTS
from bench.classroom import ROOT, Classroom, is_test
from bench.meter import Meter, Usage

Scores = dict[str, dict[str, float]]
"""Points of each test cell, by student and grade id."""


@dataclass(frozen=True)
class Graded:
    """What came of grading one class.

    Attributes:
        usage: what it cost.
        scores: what it decided.
    """

    usage: Usage
    scores: Scores


class Tool(ABC):
    """One way of grading a class.

    Attributes:
        key: a short name for options and files.
        label: the name in the report.
        is_slow: whether a large class takes it so long that it is graded only on request.
    """

    key: str
    label: str
    is_slow = False

    @abstractmethod
    def prepare(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> None:
        """Fill the new ``folder`` with what the tool needs to grade the class. This is not measured."""

    @abstractmethod
    def grade(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> Graded:
        """Grade a class that was prepared in ``folder``, measured."""


class PlainNbgrader(Tool):
    """nbgrader as its documentation says: default settings, ``generate_assignment``, then ``autograde``."""

    key = "nbgrader"
    is_slow = True
    label = f"nbgrader {version('nbgrader')}, autograde"

    def prepare(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> None:
        """Make a course folder of plain nbgrader."""
        folder.mkdir(parents=True)
        (folder / "nbgrader_config.py").write_text('c = get_config()\nc.CourseDirectory.course_id = "bench"\n')
        classroom.write_source(folder / "source")
        classroom.write_submissions(folder / "submitted")
        meter.run([_script("nbgrader"), "generate_assignment", classroom.lesson.name], folder, env)

    def grade(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> Graded:
        """Run ``nbgrader autograde``."""
        usage = meter.run([_script("nbgrader"), "autograde", classroom.lesson.name], folder, env)
        return Graded(usage, _gradebook_scores(folder, classroom))


class PlainNbgraderWithFeedback(PlainNbgrader):
    """Plain nbgrader up to the feedback pages, which ``course grade`` writes too."""

    key = "nbgrader-feedback"
    label = f"nbgrader {version('nbgrader')}, autograde and generate_feedback"

    def grade(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> Graded:
        """Run ``nbgrader autograde`` and ``nbgrader generate_feedback``."""
        graded = super().grade(classroom, folder, meter, env).usage
        pages = meter.run([_script("nbgrader"), "generate_feedback", classroom.lesson.name], folder, env)
        usage = Usage(
            graded.wall + pages.wall, graded.cpu + pages.cpu, max(graded.peak_pss, pages.peak_pss), pages.output
        )
        return Graded(usage, _gradebook_scores(folder, classroom))


class CourseGrade(Tool):
    """This project, by its command: grades and feedback pages."""

    key = "course"
    label = "course grade"

    def prepare(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> None:
        """Make a course folder with an empty gradebook that knows the assignment."""
        classroom.write_course(folder)
        meter.run([_script("nbgrader"), "generate_assignment", classroom.lesson.name, "--force"], folder, env)

    def grade(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> Graded:
        """Run ``course grade``."""
        usage = meter.run([_script("course"), "grade", classroom.lesson.name, "--json"], folder, env)
        return Graded(usage, _gradebook_scores(folder, classroom))

    def grade_one(
        self, student: str, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]
    ) -> Usage:
        """Run ``course grade`` on one student of the class."""
        command: list[str | Path] = [_script("course"), "grade", classroom.lesson.name, "--student", student, "--json"]
        return meter.run(command, folder, env)


class CourseGradeFunction(CourseGrade):
    """This project, by its Python function, in a process that has imported it."""

    key = "course-function"
    label = "grade_assignment(), imported"

    def grade(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> Graded:
        """Call the function."""
        command = [sys.executable, "-m", "bench.call", str(folder), classroom.lesson.name]
        usage = meter.run(command, folder, {**env, "PYTHONPATH": str(ROOT)}, waits=True)
        return Graded(usage, _gradebook_scores(folder, classroom))


class Otter(Tool):
    """otter-grader without containers: ``otter generate``, then its function for one submission, in one process.

    The process imports otter once for the whole class, which is cheaper than ``otter run`` once per submission.
    """

    key = "otter"
    is_slow = True
    label = "otter-grader"

    def __init__(self, python: Path):
        """Take the Python of an environment that has otter-grader and the libraries of the course.

        Raises:
            OtterNotFound: if it has not.
        """
        told = subprocess.run(
            [python, "-c", "from importlib.metadata import version as v; import torch; print(v('otter-grader'))"],
            capture_output=True,
            text=True,
        )
        if told.returncode != 0:
            raise OtterNotFound(
                f"{python} cannot import otter-grader and torch. Mend: name the Python of an environment that can."
            )
        self._python = python
        self.version = told.stdout.strip()
        self.label = f"otter-grader {self.version}"

    def prepare(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> None:
        """Write otter's tests, make its autograder.zip, and write the notebooks with its checks."""
        files = [name for name, _path in classroom.files()]
        classroom.write_files(folder)
        tests = folder / "tests"
        tests.mkdir()
        for cell in filter(is_test, classroom.solved.cells):
            name = cell.metadata.nbgrader.grade_id
            (tests / f"{name}.py").write_text(otter_test(cell), encoding="utf-8")
        for student in classroom.students:
            target = folder / "submitted" / student / f"{classroom.lesson.name}.ipynb"
            target.parent.mkdir(parents=True)
            target.write_text(serialise(_with_otter_checks(classroom.handed_in(student))), encoding="utf-8")
        command = [str(self._python), "-m", "otter", "generate", "-t", "tests", "-o", "autograder.zip"]
        meter.run([*command, "--no-environment", "--no-requirements", *files], folder, self._environment(env))

    def grade(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> Graded:
        """Call ``otter.api.grade_submission`` for each submission."""
        usage = meter.run([self._python, Path(__file__).with_name("otter_class.py")], folder, self._environment(env))
        return Graded(usage, json.loads((folder / "scores.json").read_text(encoding="utf-8")))

    def _environment(self, env: Mapping[str, str]) -> dict[str, str]:
        """Let notebooks of the course import the package from the checkout, and find otter's own kernel."""
        path = os.pathsep.join([str(self._python.parent), env["PATH"]])
        return {**env, "PATH": path, "PYTHONPATH": str(ROOT)}


class OtterNotFound(Exception):
    """The environment for otter-grader cannot be used; the text says why and what to do."""


class Floor(Tool):
    """The cells alone, run by :mod:`bench.floor`: the least that grading can cost."""

    key = "floor"
    label = "the cells alone (floor)"

    def prepare(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> None:
        """Write the notebooks as a grader executes them."""
        (folder / "notebooks").mkdir(parents=True)
        classroom.write_files(folder / "files")
        for student in classroom.students:
            path = folder / "notebooks" / f"{student}.ipynb"
            path.write_text(serialise(classroom.as_graded(student)), encoding="utf-8")

    def grade(self, classroom: Classroom, folder: Path, meter: Meter, env: Mapping[str, str]) -> Graded:
        """Run the cells; the usage is the sum over the forked processes, imports left out."""
        command = [sys.executable, "-m", "bench.floor", "notebooks", "files", "results.json"]
        one_thread = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
        usage = meter.run(command, folder, {**env, **one_thread, "PYTHONPATH": str(ROOT)})
        results = self.results(folder)
        scores = {
            student: {test: points * result["passed"][test] for test, points in classroom.tests.items()}
            for student, result in results.items()
        }
        wall, cpu = (sum(result[what] for result in results.values()) for what in ("wall", "cpu"))
        return Graded(Usage(wall, cpu, usage.peak_pss, usage.output), scores)

    @staticmethod
    def results(folder: Path) -> dict[str, dict[str, Any]]:
        """Return, by student, the "wall" and "cpu" seconds of the cells, and which tests "passed"."""
        results: dict[str, dict[str, Any]] = json.loads((folder / "results.json").read_text(encoding="utf-8"))
        return results


def _script(name: str) -> Path:
    return Path(sysconfig.get_path("scripts"), name)


def _gradebook_scores(folder: Path, classroom: Classroom) -> Scores:
    name = classroom.lesson.name
    scores: Scores = {}
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as gradebook:
        for student in classroom.students:
            grades = gradebook.find_submission_notebook(name, name, student).grades
            found = {grade.name: float(grade.auto_score) for grade in grades if grade.name in classroom.tests}
            scores[student] = found
    return scores


def otter_test(cell: NotebookNode) -> str:
    """Return otter's test file for a test cell: its statements as one doctest, as ``otter assign`` writes them."""
    code = "\n".join(_as_doctest("\n".join(_all_lines(cell.source))))
    case = {"code": code, "hidden": False, "locked": False}
    name, points = cell.metadata.nbgrader.grade_id, float(cell.metadata.nbgrader.points)
    suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    return f"OK_FORMAT = True\n\ntest = { ({'name': name, 'points': points, 'suites': [suite]})!r}\n"


def _all_lines(source: str) -> list[str]:
    marks = (f"### BEGIN {HIDDEN_TESTS}", f"### END {HIDDEN_TESTS}")
    return [line for line in source.split("\n") if not line.startswith(marks)]


def _as_doctest(source: str) -> list[str]:
    lines, doctest = source.split("\n"), []
    for statement in ast.parse(source).body:
        first, *rest = lines[statement.lineno - 1 : statement.end_lineno]
        doctest += [f">>> {first}", *(f"... {line}" for line in rest)]
    return doctest


def _with_otter_checks(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook as otter's students get it: a check in the place of each test."""
    checked = copy.deepcopy(notebook)
    start = new_code_cell("import otter\n\ngrader = otter.Notebook()", id="otter")
    cells = [start]
    for cell in checked.cells:
        if is_test(cell):
            cell = new_code_cell(f'grader.check("{cell.metadata.nbgrader.grade_id}")', id=cell.id)
        cell.metadata.pop("nbgrader", None)
        cells.append(cell)
    checked.cells = cells
    return nbformat.from_dict(checked)
