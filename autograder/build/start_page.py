"""The page that JupyterLab opens first: what there is to learn, and where to begin."""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.build.notebooks import serialise
from autograder.build.publish import Stale, write_atomically
from autograder.curriculum import Curriculum, PlannedLesson
from autograder.learner.notebook import back_up
from autograder.lesson import Lesson

_WELCOME = """# Computer vision interviews, answered by building

Each lesson takes one interview question and has you build the answer, test it, break it and mend it.
At the end you write the answer that you would give, and compare it with a model answer. Nothing needs a network.

**Begin here:** click the cell below and press `Shift+Enter`. It shows the map of the course, what you have done, and
what to do next. Run it again whenever you come back."""

# `%load_ext` would say each time that it is loaded already.
_PROGRESS = "%reload_ext autograder\n%progress"

_HOW_TO_WORK = """## How to work

1. Open a lesson. Read, predict, and run each cell with `Shift+Enter`.
2. In an exercise, replace `raise NotImplementedError()` by your code and run the cell.
3. Run the cell `%check NAME` below it. It tries your answer with all tests, also those that you cannot see. If
   something is wrong, it shows the call, what came back, what was expected, and the likely cause.
4. Stuck? `%hint NAME` shows a hint; run it again for the next. `%solution NAME` shows the solution, but asks first.

**Validate** in the toolbar checks a whole notebook. Your answers are kept in the notebooks, and your progress in a
file of its own on this computer."""

_DRILL = """## Drill

The cell below asks what an interviewer would ask, from the lessons that you have begun. What you forget comes back
soon, what you know comes back later."""

_DRILL_CELL = "%reload_ext autograder\n%drill"

_LESSONS = """## All lessons

Exercises with code are checked by tests. What you write in words, you compare with a model answer."""


def start_page(curriculum: Curriculum, lessons: dict[str, Lesson]) -> NotebookNode:
    """Return the start page.

    Args:
        curriculum: the whole plan.
        lessons: the lessons that are written, by name; only these are listed.
    """
    cells = [
        new_markdown_cell(_WELCOME),
        new_code_cell(_PROGRESS),
        new_markdown_cell(_HOW_TO_WORK),
        new_markdown_cell(_DRILL),
        new_code_cell(_DRILL_CELL),
        new_markdown_cell(_LESSONS),
    ]
    for part in curriculum.parts:
        rows = [_row(planned, lessons, curriculum) for planned in part.lessons if planned.name in lessons]
        if rows:
            head = "| Lesson | It answers | Minutes | Exercises | Points | Do before |\n|:--|:--|--:|--:|--:|:--|\n"
            cells.append(new_markdown_cell(f"### {part.id}. {part.title}\n\n{head}" + "\n".join(rows)))
    for cell in cells:
        cell.id = _cell_id(cell.source)
        cell.metadata.update(editable=False, deletable=False)
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)",
        "language": "python",
        "name": "python3",
    }
    return notebook


def stale_start_page(path: Path, page: NotebookNode) -> Stale | None:
    """Return why the file of the start page is not ``page``; None if it is."""
    if not path.is_file():
        return Stale(path, "it is missing")
    if path.read_text(encoding="utf-8", errors="replace") == serialise(page):
        return None
    existing = _cells(path)
    if not _is_as_built(existing):
        return Stale(path, "it holds somebody's own notes")
    if [cell.source for cell in existing] == [cell.source for cell in page.cells]:
        return Stale(path, "it was run and saved with its outputs")
    return Stale(path, "the curriculum or a lesson's figures have changed")


def write_start_page(path: Path, page: NotebookNode) -> Path | None:
    """Write the start page; returns where the old one was kept if somebody had written in it, None if nobody had."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = back_up(path, "yours") if path.is_file() and not _is_as_built(_cells(path)) else None
    write_atomically(path, serialise(page))
    return kept


def _cell_id(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()[:12]


def _cells(path: Path) -> list[NotebookNode]:
    try:
        return list(nbformat.read(path, as_version=4).cells)
    except Exception:  # not a notebook: whatever it is, the build did not write it
        return [new_markdown_cell(path.read_text(encoding="utf-8", errors="replace"))]


def _is_as_built(cells: list[NotebookNode]) -> bool:
    """Return whether no cell was edited or added: an id that the build gave is made of the cell's text."""
    return all(cell.get("id") == _cell_id(cell.source) for cell in cells)


def _row(planned: PlannedLesson, lessons: dict[str, Lesson], curriculum: Curriculum) -> str:
    lesson = lessons[planned.name]
    questions = "<br>".join(f"{question}: {curriculum.questions[question]}" for question in planned.questions)
    before = ", ".join(curriculum.lesson(name).title for name in planned.requires if name in lessons) or "–"
    link = f"[{planned.title}]({planned.name}/{planned.name}.ipynb)"
    written = sum(exercise.is_written for exercise in lesson.exercises)
    exercises = f"{len(lesson.exercises) - written}" + (f" and {written} in words" if written else "")
    return f"| {link} | {questions} | {lesson.minutes} | {exercises} | {lesson.points} | {before} |"
