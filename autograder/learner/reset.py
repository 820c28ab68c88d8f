"""Start a lesson or one exercise over; what was there is kept beside it."""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.build.notebooks import serialise
from autograder.build.publish import write_atomically
from autograder.learner.merge import grade_id, is_answer, merge
from autograder.learner.notebook import back_up, read_saved, replace
from autograder.learner.release import current_release, past_releases
from autograder.repository import Repository

_BEFORE = "before-reset"


def reset_lesson(repository: Repository, name: str) -> Path | None:
    """Put the released notebook back; return where the old one is kept, None if there was none.

    Raises:
        autograder.lesson.SourceError: if the lesson's source has mistakes.
    """
    release = current_release(repository, name)
    path = repository.exercise_notebook(name)
    kept = back_up(path, _BEFORE) if path.exists() else None
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, serialise(release))
    return kept


def reset_exercise(repository: Repository, name: str, exercise: str) -> Path:
    """Put the released cell of one exercise back; return where the old notebook is kept.

    Everything else in the notebook stays, outputs included. If the cell is gone, it comes back, with every other
    released cell that is gone.

    Raises:
        autograder.learner.notebook.NotebookProblem: if the notebook cannot be read.
        autograder.lesson.SourceError: if the lesson's source has mistakes.
    """
    release = current_release(repository, name)
    saved = read_saved(repository.exercise_notebook(name))
    released = next(cell for cell in release.cells if is_answer(cell) and grade_id(cell) == exercise)
    try:
        notebook = nbformat.reads(saved.data.decode("utf-8"), as_version=4)
        nbformat.validate(notebook)
    except (UnicodeDecodeError, nbformat.ValidationError):
        notebook = saved.notebook
    places = [place for place, cell in enumerate(notebook.cells) if grade_id(cell) == exercise]
    if not places:
        notebook = merge(saved.notebook, release, past_releases(repository, name)).notebook
        places = [place for place, cell in enumerate(notebook.cells) if grade_id(cell) == exercise]
    for place in places[:-1]:  # of repeated cells the last one counts; the others are the learner's own
        notebook.cells[place].metadata.pop("nbgrader")
    notebook.cells[places[-1]] = _fresh(released, notebook)
    return replace(saved, notebook, _BEFORE)


def _fresh(released: NotebookNode, notebook: NotebookNode) -> NotebookNode:
    cell = NotebookNode({**released})
    if notebook.nbformat_minor < 5:  # cells have no ids yet
        cell.pop("id", None)
    return cell
