"""A lesson, one graded submission and its gradebook, made by hand: no kernel is started."""

from __future__ import annotations

import copy
import json
import os
import shutil
import sysconfig
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

LESSON = "n1_shapes"
STUDENT = "ada"
PNG = "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="
MISMATCH = """area(...) is wrong
  call      area(
                array([2., 3.]),
            )
  got       5.0
            100% of the values differ
  expected  6.0
  cause     You added <b>and</b> did not multiply."""


def _marks(grade_id: str, **marks: Any) -> NotebookNode:
    common = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
    return NotebookNode(nbgrader=NotebookNode({**common, "grade_id": grade_id, **marks}))


def source_notebook() -> NotebookNode:
    """Two exercises with tests and a written one, in two sections."""
    answer, test = {"solution": True}, {"grade": True, "locked": True}
    return new_notebook(
        cells=[
            new_markdown_cell("# Shapes & sizes\n\n## Before you begin\n\nText."),
            new_code_cell("import numpy as np"),
            new_markdown_cell("## 1. Areas\n\n```\n## not a heading\n```"),
            new_markdown_cell("### Exercise: the `area`\n\nMultiply."),
            new_code_cell("def area(sides): ...", metadata=_marks("area", **answer)),
            new_code_cell("SECRET_OF_AREA = 1", metadata=_marks("test_area", points=2, **test)),
            new_code_cell("SECRET_OF_AREA = 2", metadata=_marks("test_area_2", points=3, **test)),
            new_markdown_cell("## 2. Borders"),
            new_markdown_cell("### Exercise: perimeter"),
            new_code_cell("def perimeter(sides): ...", metadata=_marks("perimeter", **answer)),
            new_code_cell("SECRET_OF_PERIMETER = 1", metadata=_marks("test_perimeter", points=2, **test)),
            new_markdown_cell("### Exercise: why"),
            new_markdown_cell("Because.", metadata=_marks("why", grade=True, solution=True, points=4)),
            new_markdown_cell("The end: $x^2$ and <details>more</details>."),
        ]
    )


def graded_notebook(
    answers: dict[str, str] | None = None,
    outputs: dict[str, list[NotebookNode]] | None = None,
    added: list[NotebookNode] | None = None,
    notes: list[str] | None = None,
) -> NotebookNode:
    """What autograde makes of a submission.

    Args:
        answers: grade id -> what the student wrote.
        outputs: grade id -> outputs of that cell.
        added: cells that the student added after the first exercise's answer.
        notes: notes on the grading.
    """
    notebook = copy.deepcopy(source_notebook())
    for cell in notebook.cells:
        grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = (answers or {}).get(grade_id, cell.source)
        if grade_id in (outputs or {}):
            cell.outputs = (outputs or {})[grade_id]
    notebook.cells[5:5] = added or []
    notebook.metadata["grading"] = {"notes": notes or [], "fingerprint": "x"}
    return notebook


def error(ename: str, evalue: str) -> NotebookNode:
    return new_output("error", ename=ename, evalue=evalue, traceback=["SECRET_OF_TRACEBACK", "line 2"])


def display(metadata: dict[str, Any] | None = None, **data: Any) -> NotebookNode:
    return new_output(
        "display_data", data={name.replace("_", "/"): value for name, value in data.items()}, metadata=metadata or {}
    )


def printed(text: str) -> NotebookNode:
    return new_output("stream", name="stdout", text=text)


@pytest.fixture(scope="session")
def ungraded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course folder with the source and the student in the gradebook; making it takes seconds."""
    root = tmp_path_factory.mktemp("ungraded")
    source = root / "source" / LESSON / f"{LESSON}.ipynb"
    source.parent.mkdir(parents=True)
    source.write_text(nbformat.writes(source_notebook()), encoding="utf-8")
    where = {"notebook": LESSON, "assignment": LESSON}
    with pytest.MonkeyPatch.context() as patch:
        # nbgrader calls alembic by its name; for those who grade, nbgrader_config.py sees to it.
        patch.setenv("PATH", sysconfig.get_path("scripts"), prepend=os.pathsep)
        gradebook = Gradebook(f"sqlite:///{root / 'gradebook.db'}")
    with gradebook, gradebook.db.no_autoflush:
        gradebook.add_assignment(LESSON)
        gradebook.add_notebook(LESSON, LESSON)
        for cell in source_notebook().cells:
            marks = cell.metadata.get("nbgrader")
            if not marks:
                continue
            kind = cell.cell_type
            if marks.grade:
                gradebook.add_grade_cell(marks.grade_id, max_score=marks.points, cell_type=kind, **where)
            if marks.solution:
                gradebook.add_solution_cell(marks.grade_id, **where)
            gradebook.add_source_cell(marks.grade_id, cell_type=kind, source=cell.source, locked=marks.locked, **where)
        gradebook.add_student(STUDENT)
        gradebook.add_submission(LESSON, STUDENT)
    return root


@pytest.fixture
def course(ungraded: Path, tmp_path: Path) -> Path:
    """A course folder of its own, nothing graded yet."""
    return shutil.copytree(ungraded, tmp_path / "course-copy")


@pytest.fixture
def gradebook(course: Path) -> Iterator[Gradebook]:
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as opened:
        yield opened


@pytest.fixture
def grade(gradebook: Gradebook) -> Callable[..., None]:
    """Enter a grade, or a comment if ``comment`` is given."""

    def enter(grade_id: str, comment: str | None = None, **values: Any) -> None:
        where = (grade_id, LESSON, LESSON, STUDENT)
        if comment is not None:
            gradebook.find_comment(*where).manual_comment = comment
        if values:
            row = gradebook.find_grade(*where)
            for name, value in {"needs_manual_grade": False, **values}.items():
                setattr(row, name, value)
        gradebook.db.commit()

    return enter


@pytest.fixture
def write_page(course: Path) -> Callable[..., str]:
    """Put a graded notebook into the course, let nbgrader's generate_feedback run, and return the page."""

    def write(notebook: NotebookNode, **settings: Any) -> str:
        path = course / "autograded" / STUDENT / LESSON / f"{LESSON}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        config = Config()
        config.GenerateFeedback.exporter_class = "autograder.feedback.exporter.FeedbackExporter"
        config.GenerateFeedback.preprocessors = []
        config.FeedbackExporter.update(settings)
        directory = CourseDirectory(config=config, root=str(course), assignment_id=LESSON, student_id=STUDENT)
        converter = GenerateFeedback(coursedir=directory, config=config)
        converter.force = True
        converter.start()
        return (course / "feedback" / STUDENT / LESSON / f"{LESSON}.html").read_text(encoding="utf-8")

    return write
