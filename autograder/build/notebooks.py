"""Make notebooks from a lesson: the solved one for nbgrader's source, and the released one."""

from __future__ import annotations

import copy
import hashlib
import logging
from collections import Counter
from importlib.metadata import version
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.converters import GenerateAssignment
from nbgrader.preprocessors import InstantiateTests, SaveCells
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.lesson import Cell, Exercise, Lesson, Role

_KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_LANGUAGE = {
    "codemirror_mode": {"name": "ipython", "version": 3},
    "file_extension": ".py",
    "mimetype": "text/x-python",
    "name": "python",
    "nbconvert_exporter": "python",
    "pygments_lexer": "ipython3",
}
_LIBRARIES = ("matplotlib", "numpy", "opencv-python", "torch", "transformers")
_LOAD_CHECKS = "%load_ext autograder\n%lesson {lesson}"
_MODEL_ANSWER = """<details>
<summary><strong>A model answer</strong> (write yours first)</summary>

{text}

</details>"""


def solution_notebook(lesson: Lesson, nbgrader_config: Path) -> NotebookNode:
    """Return the solved notebook, not yet executed, with nbgrader's metadata.

    It keeps the marks of solutions and hidden tests, so nbgrader can release it as it is. Its
    metadata carries a digest of the release, by which a release that somebody has worked in is
    recognised later, and the versions of the libraries that its outputs come from.

    Args:
        lesson: the lesson.
        nbgrader_config: the settings that decide what a release looks like.
    """
    cells: list[NotebookNode] = []
    taken: Counter[str] = Counter()
    first_code = next((cell for cell in lesson.cells if cell.kind == "code"), None)
    for cell in lesson.cells:
        if cell is first_code:
            cells.append(_added_cell(new_code_cell(_LOAD_CHECKS.format(lesson=lesson.name)), taken))
        cells.append(_notebook_cell(lesson, cell, taken))
        if cell.role is Role.WRITTEN:
            cells.append(_added_cell(new_markdown_cell(_MODEL_ANSWER.format(text=cell.source)), taken))
        elif cell.role is Role.TEST and cell is lesson.exercise(cell.exercise).tests[-1]:
            cells.append(_added_cell(new_code_cell(check_cell(cell.exercise)), taken))
    notebook = new_notebook(cells=cells)
    notebook.metadata = NotebookNode(kernelspec=NotebookNode(_KERNEL), language_info=NotebookNode(_LANGUAGE))
    release = release_notebook(notebook, nbgrader_config)
    notebook.metadata["course"] = NotebookNode(
        lesson=lesson.name, release=digest(release), made_with=NotebookNode(_library_versions())
    )
    return notebook


def release_notebook(solved: NotebookNode, nbgrader_config: Path) -> NotebookNode:
    """Return what nbgrader's generate_assignment makes of a solved notebook.

    The same preprocessors with the same settings, without the gradebook.
    """
    config = _read_config(nbgrader_config)
    notebook: NotebookNode = copy.deepcopy(solved)
    resources: dict[str, object] = {}
    for preprocessor in GenerateAssignment().preprocessors:
        if preprocessor in (SaveCells, InstantiateTests):  # both need what a build has not: a gradebook, a kernel
            continue
        notebook, resources = preprocessor(parent=None, config=config, log=_SILENT)(notebook, resources)
    return notebook


def check_cell(exercise: str) -> str:
    """Return the text of the cell that checks an exercise while a learner works on it."""
    return f"%check {exercise}"


def digest(notebook: NotebookNode) -> str:
    """Return a fingerprint of the cells' kinds and texts; outputs and metadata do not count."""
    text = "\0".join(f"{cell.cell_type}\0{cell.source}" for cell in notebook.cells)
    return hashlib.sha256(text.encode()).hexdigest()


def serialise(notebook: NotebookNode) -> str:
    """Return the text of a notebook file, as nbgrader would write it."""
    text: str = nbformat.writes(notebook, version=nbformat.NO_CONVERT)
    return text if text.endswith("\n") else text + "\n"


_SILENT = logging.getLogger("autograder.build")


def _read_config(path: Path) -> Config:
    loaded: Config = PyFileConfigLoader(path.name, path=str(path.parent)).load_config()
    return loaded


def _library_versions() -> dict[str, str]:
    """Versions without the local part: a CPU build and a CUDA build of torch are one version."""
    return {name: version(name).partition("+")[0] for name in _LIBRARIES}


def _notebook_cell(lesson: Lesson, cell: Cell, taken: Counter[str]) -> NotebookNode:
    source = cell.source
    if cell.role is Role.STATEMENT:
        source = _with_header(source, lesson.exercise(cell.exercise))
    elif cell.role is Role.TEST:
        source = f"# Tests of {cell.exercise}: run this cell; unfold it to read them.\n{source}"
    made = new_code_cell(source) if cell.kind == "code" else new_markdown_cell(source)
    made.id = _cell_id(source, taken)
    if cell.role in (Role.EXERCISE, Role.TEST, Role.WRITTEN):
        made.metadata["nbgrader"] = NotebookNode(_nbgrader_metadata(lesson, cell))
    if cell.role is Role.TEST:
        # Folded, because its messages name every mistake that the learner has not made yet.
        made.metadata["jupyter"] = NotebookNode(source_hidden=True)
        # JupyterLab goes on after it: a wrong answer does not keep the rest of the notebook from running.
        made.metadata["tags"] = ["raises-exception"]
    return made


def _added_cell(cell: NotebookNode, taken: Counter[str]) -> NotebookNode:
    """Give an id to a cell that no cell of the lesson stands for."""
    cell.id = _cell_id(cell.source, taken)
    return cell


def _with_header(statement: str, exercise: Exercise) -> str:
    """Put difficulty, minutes, question and points below the statement's heading."""
    points = f"{exercise.points} point{'s' if exercise.points != 1 else ''}"
    effort = f"Difficulty {exercise.difficulty} of 5 · {exercise.minutes} minutes"
    header = f"*{effort} · question {exercise.question} · {points}*"
    heading, _, rest = statement.partition("\n")
    return f"{heading}\n\n{header}\n{rest}"


def _nbgrader_metadata(lesson: Lesson, cell: Cell) -> dict[str, object]:
    metadata: dict[str, object] = {
        "grade": cell.role is not Role.EXERCISE,
        "grade_id": lesson.grade_id(cell),
        "locked": cell.role is Role.TEST,
        "schema_version": 3,
        "solution": cell.role is not Role.TEST,
        "task": False,
    }
    if cell.points:
        metadata["points"] = cell.points
    return metadata


def _cell_id(source: str, taken: Counter[str]) -> str:
    """Return an id that stays the same as long as the cell's text does, wherever it moves."""
    base = hashlib.sha256(source.encode()).hexdigest()[:12]
    taken[base] += 1
    return base if taken[base] == 1 else f"{base}-{taken[base]}"
