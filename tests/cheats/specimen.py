"""Read a submission of the corpora, and make the notebook that is handed in.

A specimen is a Python file in jupytext's percent format. What stands before its first cell is its head::

    # An array whose comparison with anything is true.      <- what it does, in one line
    # deserves: parity=2 relu=1                             <- points of each exercise; "nothing" or "everything"
    # solved: parity relu                                   <- filled in with the reference answers; others stay blank
    # refused: is a link                                    <- only if it cannot be graded: words of the reason

The head may define ``mutate(notebook, folder)``, which prepares what is handed in: it changes the finished notebook, or
puts other files into the folder of the submission. If it returns bytes, these are handed in as the notebook's file.

The cells follow. ``# %% answer="add"`` is the answer to an exercise, ``# %% answer="all"`` that to every exercise with
code that has none (EXERCISE in its text stands for the exercise's name), and ``# %% written="why"`` the written one.
Other cells are inserted: ``# %% first`` before everything, ``# %%`` after the set-up cell, ``# %% before="add"`` and
``# %% after="add"`` around the cell of that id, ``# %% last`` at the end.

``# %% again`` and ``# %% again="add"`` are the cells of a second attempt of the same student; PRINTED stands there for
what the first one printed.

Words in capitals that the world knows, such as COURSE_FOLDER or TOKEN, are replaced: a cheat is assumed to know where
everything is.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

_FIELD = re.compile(r"^# (deserves|solved|refused): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Lesson:
    """The lesson that all specimens are submissions of.

    Attributes:
        released: the notebook that students get.
        answers: the reference answer to each exercise.
        points: what each exercise with code is worth.
    """

    released: NotebookNode
    answers: Mapping[str, str]
    points: Mapping[str, float]


@dataclass(frozen=True)
class Specimen:
    """One submission of a corpus.

    Attributes:
        name: its family and its own name.
        what: what it does, in one line.
        deserves: the points that its honest code has earned, for each exercise.
        solved: the exercises that are filled in with the reference answers.
        refused: words of the reason why it cannot be graded; "" if it can.
        cells: its cells in jupytext's form.
        second_cells: those of a second attempt; empty if there is none.
        mutate: changes the notebook or the folder before it is handed in.
    """

    name: str
    what: str
    deserves: Mapping[str, float]
    solved: frozenset[str]
    refused: str
    cells: tuple[NotebookNode, ...]
    second_cells: tuple[NotebookNode, ...]
    mutate: Callable[[NotebookNode, Path], bytes | None] | None


def read_specimen(path: Path, lesson: Lesson, places: Mapping[str, str]) -> Specimen:
    """Read one file of a corpus.

    Args:
        path: the file.
        lesson: what it is a submission of.
        places: words in capitals -> what stands for them.

    Raises:
        ValueError: if its head cannot be read.
    """
    text = _replace(path.read_text(encoding="utf-8"), places)
    head, mark, body = text.partition("\n# %%")
    fields = dict(_FIELD.findall(head))
    what = head.partition("\n")[0].removeprefix("# ").strip()
    if not what or what.startswith("deserves:") or "deserves" not in fields:
        raise ValueError(f"{path}: Mend: begin with a line that says what it does, then `# deserves: ...`.")
    functions: dict[str, Any] = {}
    exec(compile(head, str(path), "exec"), functions)
    solved = fields.get("solved", "").split()
    cells = jupytext.reads(mark.lstrip() + body, fmt="py:percent").cells if body else []
    is_second = ["again" in cell.metadata or cell.metadata.get("title") == "again" for cell in cells]
    return Specimen(
        name=f"{path.parent.name}/{path.stem}",
        what=what,
        deserves=_points(path, fields["deserves"], lesson),
        solved=frozenset(lesson.answers if solved == ["everything"] else solved),
        refused=fields.get("refused", ""),
        cells=tuple(cell for cell, second in zip(cells, is_second, strict=True) if not second),
        second_cells=tuple(cell for cell, second in zip(cells, is_second, strict=True) if second),
        mutate=functions.get("mutate"),
    )


def _points(path: Path, text: str, lesson: Lesson) -> dict[str, float]:
    if text == "everything":
        return dict(lesson.points)
    earned = dict.fromkeys(lesson.points, 0.0)
    for item in [] if text == "nothing" else text.split():
        name, _, points = item.partition("=")
        if name not in earned:
            raise ValueError(f"{path}: there is no exercise {name}. Mend: write `# deserves: add=2 relu=1`.")
        earned[name] = float(points)
    return earned


def make_notebook(specimen: Specimen, lesson: Lesson, printed: str | None = None) -> NotebookNode:
    """Return the notebook as its author would have saved it, before ``mutate``.

    Args:
        specimen: what to make.
        lesson: what it is a submission of.
        printed: what the first attempt printed, to make the second one.
    """
    notebook = copy.deepcopy(lesson.released)
    answers = {name: lesson.answers[name] for name in specimen.solved}
    inserted = []
    for cell in specimen.cells if printed is None else specimen.second_cells:
        options = cell.metadata
        source = cell.source if printed is None else re.sub(r"\bPRINTED\b", lambda _: repr(printed), cell.source)
        name = options.get("answer") or options.get("written") or options.get("again")
        if name == "all":
            answers |= {
                name: re.sub(r"\bEXERCISE\b", name, source) for name in lesson.points if name not in specimen.solved
            }
        elif name:
            answers[name] = source
        else:
            inserted.append(new_code_cell(source, metadata=options))
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("solution"):
            cell.source = answers.get(cell.metadata.nbgrader.grade_id, cell.source)
    for cell in reversed(inserted):
        place = _place(notebook, cell.metadata)
        cell.metadata = NotebookNode()
        notebook.cells.insert(place, cell)
    return notebook


def _place(notebook: NotebookNode, options: Mapping[str, str]) -> int:
    if options.get("title") == "first":
        return 0
    if options.get("title") == "last":
        return len(notebook.cells)
    name = options.get("before") or options.get("after")
    if name:
        ids = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
        return ids.index(name) + ("after" in options)
    code = (i for i, cell in enumerate(notebook.cells) if cell.cell_type == "code" and not cell.source.startswith("%"))
    return next(code) + 1


def _replace(text: str, places: Mapping[str, str]) -> str:
    return re.sub(r"\b[A-Z][A-Z_]+[A-Z]\b", lambda word: places.get(word[0], word[0]), text)
