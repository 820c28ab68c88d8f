"""Build one lesson: run its solved notebook and write both notebooks with the files beside them."""

from __future__ import annotations

import filecmp
import itertools
import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.build.notebooks import check_cell, digest, release_notebook, serialise, solution_notebook
from autograder.kernel.run import Run, run_notebook
from autograder.lesson import Lesson, Role, read_lesson
from autograder.repository import Repository

_WITH_GRADE_ID = (Role.EXERCISE, Role.TEST, Role.WRITTEN)


class BuildError(Exception):
    """A lesson could not be built; the text names the cell and the mend."""


@dataclass(frozen=True)
class Stale:
    """A derived file that is not what its source makes of it."""

    path: Path
    reason: str


@dataclass(frozen=True)
class Built:
    """What a build did.

    Attributes:
        lesson: the lesson's name.
        seconds: how long its notebook ran.
        rescued: where a notebook went that somebody had worked in; None if there was none.
    """

    lesson: str
    seconds: float
    rescued: Path | None


def build_lesson(repository: Repository, name: str, on_cell: Callable[[int, int], None] | None = None) -> Built:
    """Run the solved notebook of a lesson and write exercises/ and solutions/.

    An exercise notebook that somebody has worked in is kept beside the new one.

    Raises:
        autograder.lesson.SourceError: if the source has mistakes.
        BuildError: if a cell of the solved notebook fails.
        autograder.kernel.run.RunError: if the kernel dies or a cell takes too long.
    """
    lesson = read_lesson(repository.course, name)
    solved = solution_notebook(lesson, repository.nbgrader_config)
    release = release_notebook(solved, repository.nbgrader_config)
    run = run_notebook(solved, lesson.materials, on_cell=on_cell)
    failure = first_failure(lesson, run)
    if failure:
        raise BuildError(failure)
    executed = run.notebook
    executed.metadata = solved.metadata
    rescued = _rescue(repository.exercise_notebook(name))
    for path, notebook in (
        (repository.solution_notebook(name), executed),
        (repository.exercise_notebook(name), release),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, serialise(notebook))
        for material in lesson.materials:
            _mirror(material, path.parent / material.name)
    return Built(name, run.seconds, rescued)


def first_failure(lesson: Lesson, run: Run) -> str | None:
    """Return where and why the first failing cell of a solved notebook failed, None if none did."""
    for cell in run.notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                return (
                    f"{lesson.path}:{source_line(lesson, cell)}: this cell fails in the solved notebook:\n"
                    f"{output.ename}: {output.evalue}\nMend: correct the cell, or the solution that it tests."
                )
    return None


def source_line(lesson: Lesson, cell: NotebookNode) -> int:
    """Return the line of lesson.py at which a code cell of its notebook begins."""
    grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
    if grade_id:
        return next(c.line for c in lesson.cells if c.role in _WITH_GRADE_ID and lesson.grade_id(c) == grade_id)
    checked = (e.tests[-1].line for e in lesson.exercises if e.tests and cell.source == check_cell(e.name))
    written = (c.line for c in lesson.cells if c.kind == "code" and c.source == cell.source)
    return next(itertools.chain(checked, written), 1)  # line 1: the cell that loads the checks, which nobody wrote


def stale_files(repository: Repository, name: str) -> list[Stale]:
    """Compare exercises/ and solutions/ of a lesson with what its source makes; nothing is run.

    Raises:
        autograder.lesson.SourceError: if the source has mistakes.
    """
    lesson = read_lesson(repository.course, name)
    solved = solution_notebook(lesson, repository.nbgrader_config)
    release = release_notebook(solved, repository.nbgrader_config)
    stale = []
    path = repository.exercise_notebook(name)
    if not path.is_file():
        stale.append(Stale(path, "it is missing"))
    elif path.read_text(encoding="utf-8") != serialise(release):
        stale.append(Stale(path, "it holds somebody's own work" if is_worked_in(path) else "the source has changed"))
    path = repository.solution_notebook(name)
    if not path.is_file():
        stale.append(Stale(path, "it is missing"))
    else:
        existing = nbformat.read(path, as_version=nbformat.NO_CONVERT)
        if not all(cell.get("execution_count") for cell in existing.cells if cell.cell_type == "code"):
            stale.append(Stale(path, "it has not been run"))
        elif serialise(_without_outputs(existing)) != serialise(_without_outputs(solved)):
            stale.append(Stale(path, "the source or a library has changed"))
    for folder in (repository.exercises / name, repository.solutions / name):
        for material in lesson.materials:
            stale += _unlike(material, folder / material.name)
    return stale


def is_worked_in(path: Path) -> bool:
    """Return whether a released notebook's cells are no longer those that the build wrote."""
    try:
        notebook = nbformat.read(path, as_version=4)
    except Exception:  # not a notebook any more: whatever it is, it is not what the build wrote
        return True
    return bool(digest(notebook) != notebook.metadata.get("course", {}).get("release"))


def write_atomically(path: Path, text: str) -> None:
    """Write ``text`` so that a crash leaves either the old file or the new one."""
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


def _rescue(path: Path) -> Path | None:
    if not path.is_file() or not is_worked_in(path):
        return None
    kept = path.with_name(f"{path.stem}.yours-{time.strftime('%Y%m%d-%H%M%S')}.ipynb")
    path.rename(kept)
    return kept


def _without_outputs(notebook: NotebookNode) -> NotebookNode:
    bare = nbformat.from_dict({**notebook, "cells": [dict(cell) for cell in notebook.cells]})
    for cell in bare.cells:
        if cell.cell_type == "code":
            cell["outputs"], cell["execution_count"] = [], None
    return bare


def material_files(folder: Path) -> set[Path]:
    """Return what notebooks read below a folder of materials, relative to it; programs there only made it."""
    if not folder.is_dir():
        return set()
    return {p.relative_to(folder) for p in folder.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")}


def _mirror(source: Path, target: Path) -> None:
    wanted = material_files(source)
    for extra in material_files(target) - wanted:
        (target / extra).unlink()
    for name in wanted:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)


def _unlike(source: Path, target: Path) -> list[Stale]:
    wanted, there = material_files(source), material_files(target)
    stale = [Stale(target / name, "it is missing") for name in wanted - there]
    stale += [Stale(target / name, "the source has no such file") for name in there - wanted]
    stale += [
        Stale(target / name, "the source's file is different")
        for name in wanted & there
        if not filecmp.cmp(source / name, target / name, shallow=False)
    ]
    return sorted(stale, key=lambda s: s.path)
