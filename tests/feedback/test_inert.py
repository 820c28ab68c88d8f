"""A graded notebook cannot act, and nothing is lost that a person needs for grading it."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter, NotebookExporter
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.feedback.inert import MakeInert
from autograder.feedback.outputs import plain_text
from autograder.feedback.preformatted import as_typed
from tests.feedback import hostile
from tests.feedback.conftest import LESSON, PNG, display, error, graded_notebook, printed, source_notebook

GIVEN = {cell.source for cell in source_notebook().cells}


@pytest.fixture
def make_inert(tmp_path: Path) -> MakeInert:
    """The preprocessor inside a converter of a course folder."""
    source = tmp_path / "source" / LESSON / f"{LESSON}.ipynb"
    source.parent.mkdir(parents=True)
    notebook = source_notebook()
    notebook.metadata["language_info"] = {"name": "python", "version": "3"}
    source.write_text(nbformat.writes(notebook), encoding="utf-8")
    converter = Autograde(coursedir=CourseDirectory(root=str(tmp_path)))
    return MakeInert(parent=NotebookExporter(parent=converter))


def applied(preprocessor: MakeInert, notebook: NotebookNode) -> NotebookNode:
    result, _ = preprocessor(copy.deepcopy(notebook), {"nbgrader": {"assignment": LESSON, "notebook": LESSON}})
    nbformat.validate(result)
    return result


def everything_hostile() -> NotebookNode:
    notebook = graded_notebook(
        answers={"why": "".join(text for name, text in hostile.TEXTS.items() if name not in ("long", "lines"))},
        outputs={"area": [copy.deepcopy(output) for output in hostile.OUTPUTS.values()]},
        added=hostile.cells(),
    )
    notebook.metadata.update(copy.deepcopy(hostile.METADATA))
    for cell in notebook.cells:
        cell.metadata["magics_language"] = hostile.TEXTS["attribute"]
        cell.metadata["tags"] = ["hide"]
        cell.metadata["typed"] = "forged"
    return notebook


def test_only_text_and_checked_images_stay(make_inert: MakeInert) -> None:
    notebook = applied(make_inert, everything_hostile())
    assert set(notebook.metadata) == {"grading", "language_info"}
    assert notebook.metadata.language_info == {"name": "python", "version": "3"}
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"nbgrader", "deletable", "editable", "typed"}
        assert "attachments" not in cell and cell.cell_type in ("code", "markdown")
        assert cell.metadata.get("typed") != "forged"
        if cell.cell_type == "markdown" and cell.source not in GIVEN:
            assert cell.source.startswith("```") and cell.source.endswith("```")
        for output in cell.get("outputs", ()):
            assert set(output.get("data", {})) <= {"text/plain", "image/png", "image/jpeg"}
            assert "\x1b" not in json.dumps(output) and "\\u001b" not in json.dumps(output)


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_a_written_answer_comes_back_as_it_was_typed(make_inert: MakeInert, name: str) -> None:
    notebook = applied(make_inert, graded_notebook(answers={"why": hostile.TEXTS[name]}))
    (answer,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "why"]
    assert as_typed(answer) == plain_text(hostile.TEXTS[name], 100_000, 2_000)
    assert answer.metadata.nbgrader.points == 4


def test_what_the_students_were_given_keeps_its_form(make_inert: MakeInert) -> None:
    notebook = applied(make_inert, graded_notebook(answers={"area": "x = 1"}))
    given = [cell.source for cell in source_notebook().cells if "nbgrader" not in cell.metadata]
    assert [cell.source for cell in notebook.cells if "nbgrader" not in cell.metadata] == given


def test_a_given_text_that_was_changed_is_the_students(make_inert: MakeInert) -> None:
    notebook = graded_notebook()
    notebook.cells[0].source += hostile.TEXTS["script"]
    assert applied(make_inert, notebook).cells[0].source.startswith("```text\n# Shapes")


def test_code_and_its_results_stay(make_inert: MakeInert) -> None:
    outputs = [
        printed("hello \x1b[31mred"),
        display(image_png=PNG, text_plain="<Figure>", text_html="<script>"),
        error("ValueError", "bad <b>"),
    ]
    added = [new_code_cell("print('hello')", outputs=outputs)]
    cell = applied(make_inert, graded_notebook(added=added)).cells[5]
    assert cell.source == "print('hello')"
    assert cell.outputs[0].text == "hello red"
    assert cell.outputs[1].data == {"image/png": PNG, "text/plain": "<Figure>"}
    assert (cell.outputs[2].ename, cell.outputs[2].evalue) == ("ValueError", "bad <b>")
    assert cell.outputs[2].traceback == ["SECRET_OF_TRACEBACK", "line 2"]


def test_twice_is_once(make_inert: MakeInert) -> None:
    once = applied(make_inert, everything_hostile())
    assert applied(make_inert, once) == once


def test_in_formgrader_a_notebook_that_was_never_finished_is_made_inert_too() -> None:
    config = Config()
    config.HTMLExporter.preprocessors = ["autograder.feedback.inert.MakeInert"]
    notebook = graded_notebook(added=[new_markdown_cell(hostile.TEXTS["script"])])
    plain, _ = HTMLExporter().from_notebook_node(notebook)
    guarded, _ = HTMLExporter(config=config).from_notebook_node(notebook)
    assert hostile.TEXTS["script"] in plain
    assert hostile.TEXTS["script"] not in guarded and "&lt;script&gt;" in guarded
