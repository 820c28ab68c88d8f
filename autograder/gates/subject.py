"""A lesson under examination: its source, its built files, and the runs that several gates share."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from functools import cached_property

import nbformat
from nbformat import NotebookNode

from autograder.answers.bank import read_bank
from autograder.answers.judgement import judge_lesson
from autograder.answers.trial import Trials
from autograder.build.notebooks import release_notebook, solution_notebook
from autograder.curriculum import Curriculum
from autograder.examiner.set_up import read_set_up
from autograder.kernel.run import Run, run_notebook
from autograder.lesson import Lesson, read_lesson
from autograder.lesson.names import names_of_cells
from autograder.repository import Repository


@dataclass(frozen=True)
class Finding:
    """Something that a gate found: where, what is wrong, and how to mend it."""

    place: str
    problem: str
    mend: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem} Mend: {self.mend}"


@dataclass(frozen=True)
class Subject:
    """One lesson, examined; everything costly is made once, when the first gate asks for it."""

    repository: Repository
    curriculum: Curriculum
    name: str

    @cached_property
    def lesson(self) -> Lesson:
        """The source; raises :class:`autograder.lesson.SourceError` if it has mistakes."""
        return read_lesson(self.repository.course, self.name)

    @cached_property
    def solved(self) -> NotebookNode:
        """The solved notebook as the source makes it now, not executed."""
        return solution_notebook(self.lesson, self.repository.nbgrader_config)

    @cached_property
    def release(self) -> NotebookNode:
        """The released notebook as the source makes it now."""
        return release_notebook(self.solved, self.repository.nbgrader_config)

    @cached_property
    def built_solution(self) -> NotebookNode | None:
        """The solved and executed notebook in solutions/, None if there is none."""
        path = self.repository.solution_notebook(self.name)
        return nbformat.read(path, as_version=nbformat.NO_CONVERT) if path.is_file() else None

    @cached_property
    def stubs(self) -> dict[str, str]:
        """For each exercise with code, its answer cell as released."""
        return {
            cell.metadata["nbgrader"]["grade_id"]: cell.source
            for cell in self.release.cells
            if cell.cell_type == "code" and cell.metadata.get("nbgrader", {}).get("solution")
        }

    @cached_property
    def solved_run(self) -> Run:
        """A fresh run of the solved notebook, the same for every gate."""
        return self.run_solved()

    def run_solved(self) -> Run:
        """Run the solved notebook once more."""
        return run_notebook(self.solved, self.lesson.materials)

    @cached_property
    def unsolved_run(self) -> Run:
        """A run in which nothing is solved and the hidden tests are there."""
        return run_notebook(self._without_idle_cells(self.unsolved), self.lesson.materials)

    @cached_property
    def unsolved(self) -> NotebookNode:
        """The solved notebook with every answer cell as released."""
        hidden = {
            cell.metadata["nbgrader"]["grade_id"]: cell for cell in self.solved.cells if "nbgrader" in cell.metadata
        }
        notebook: NotebookNode = nbformat.from_dict(self.release)
        for cell in notebook.cells:
            marks = cell.metadata.get("nbgrader", {})
            if marks.get("grade") and not marks.get("solution"):
                cell["source"] = hidden[marks["grade_id"]].source
        return notebook

    @cached_property
    def trials(self) -> Trials:
        """The answer bank and the exercises left unsolved, tried in a process of their own."""
        return judge_lesson(self.lesson, self.stubs, self._needed, processes=1)

    @cached_property
    def _needed(self) -> frozenset[str]:
        """The texts of the ordinary cells that define something for a test or for an answer of the bank."""
        wanted: set[str] = set()
        for answer in read_bank(self.lesson):
            with contextlib.suppress(SyntaxError):  # some answers are no Python on purpose
                wanted |= names_of_cells([answer.source])[0].needs
        return frozenset(self.solved.cells[cell.position].source for cell in read_set_up(self.solved).cells_for(wanted))

    def _without_idle_cells(self, notebook: NotebookNode) -> NotebookNode:
        """Return a notebook without text and without the ordinary cells that no test can tell from nothing."""
        kept = [
            c for c in notebook.cells if c.cell_type != "code" or "nbgrader" in c.metadata or c.source in self._needed
        ]
        return nbformat.from_dict({**notebook, "cells": kept})
