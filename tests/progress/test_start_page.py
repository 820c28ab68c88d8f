"""The start page: built for new learners, saved without outputs, and nobody's notes in it are lost."""

from __future__ import annotations

import asyncio
import copy
import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
from jupyter_server.services.contents.filemanager import AsyncFileContentsManager
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from autograder.build.start_page import stale_start_page, start_page, write_start_page
from autograder.curriculum import load_curriculum
from autograder.lesson import read_lesson, written_lessons
from autograder.progress import start_page_saving
from autograder.repository import Repository
from tests.conftest import ROOT


@pytest.fixture
def page(course: Repository) -> NotebookNode:
    curriculum = load_curriculum(course.course)
    return start_page(
        curriculum, {name: read_lesson(course.course, name) for name in written_lessons(course.course, curriculum)}
    )


@pytest.fixture
def path(course: Repository, page: NotebookNode) -> Path:
    assert write_start_page(course.start_page, page) is None
    return course.start_page


def used(path: Path) -> NotebookNode:
    """The page as JupyterLab has it after its first cell was run."""
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["language_info"] = {"name": "python", "version": "3.12.1"}
    notebook.metadata["widgets"] = {"state": {}}
    cell = next(cell for cell in notebook.cells if cell.cell_type == "code")
    cell.execution_count = 3
    cell.outputs = [new_output("display_data", {"text/plain": "map"})]
    cell.metadata["execution"] = {"shell.execute_reply": "now"}
    return notebook


class TestPage:
    def test_it_says_what_to_press_before_its_first_cell(self, page: NotebookNode) -> None:
        assert [cell.cell_type for cell in page.cells[:2]] == ["markdown", "code"]
        assert "press `Shift+Enter`" in page.cells[0].source
        assert page.cells[1].source.endswith("%progress")

    def test_its_cells_run_in_any_order_and_again(self, page: NotebookNode) -> None:
        sources = [cell.source.splitlines() for cell in page.cells if cell.cell_type == "code"]
        assert sources == [["%reload_ext autograder", "%progress"], ["%reload_ext autograder", "%drill"]]

    def test_the_table_tells_code_from_words(self, page: NotebookNode) -> None:
        row = "| [First & foremost](a1_first/a1_first.ipynb) | Q01: One? | 90 | 2 and 1 in words | 8 | – |"
        assert row in "\n".join(cell.source for cell in page.cells)


class TestFreshness:
    def test_a_written_page_is_fresh(self, path: Path, page: NotebookNode) -> None:
        assert stale_start_page(path, page) is None

    def test_a_missing_page_is_stale(self, course: Repository, page: NotebookNode) -> None:
        stale = stale_start_page(course.start_page, page)
        assert stale is not None and stale.reason == "it is missing"

    def test_outputs_are_told_from_changes(self, path: Path, page: NotebookNode) -> None:
        nbformat.write(used(path), path)
        stale = stale_start_page(path, page)
        assert stale is not None and stale.reason == "it was run and saved with its outputs"
        assert write_start_page(path, page) is None
        assert stale_start_page(path, page) is None

    def test_a_changed_course_is_stale(self, path: Path, page: NotebookNode) -> None:
        page.cells.pop()
        stale = stale_start_page(path, page)
        assert stale is not None and "have changed" in stale.reason
        assert write_start_page(path, page) is None

    @pytest.mark.parametrize("how", ["a cell of their own", "an edit", "no notebook"])
    def test_what_somebody_wrote_is_kept_beside_the_new_page(self, path: Path, page: NotebookNode, how: str) -> None:
        notebook = nbformat.read(path, as_version=4)
        if how == "a cell of their own":
            notebook.cells.append(new_code_cell("mine = 1"))
        else:
            notebook.cells[0].source += "mine"
        path.write_text("mine" if how == "no notebook" else nbformat.writes(notebook), encoding="utf-8")
        before = path.read_bytes()
        stale = stale_start_page(path, page)
        assert stale is not None and stale.reason == "it holds somebody's own notes"
        kept = write_start_page(path, page)
        assert kept is not None and kept.read_bytes() == before
        assert stale_start_page(path, page) is None


class TestSaving:
    def save(self, root: Path, name: str, notebook: NotebookNode) -> None:
        manager = AsyncFileContentsManager(root_dir=str(root))
        asyncio.run(start_page_saving._start_jupyter_server_extension(SimpleNamespace(contents_manager=manager)))
        model: dict[str, Any] = {"type": "notebook", "format": "json", "content": copy.deepcopy(dict(notebook))}
        asyncio.run(manager.save(model, name))

    def test_a_page_that_was_run_is_saved_as_git_has_it(self, path: Path) -> None:
        before = path.read_bytes()
        self.save(path.parent, path.name, used(path))
        assert path.read_bytes() == before

    def test_what_a_learner_types_into_it_is_saved(self, path: Path) -> None:
        notebook = used(path)
        notebook.cells.append(new_code_cell("mine = 1"))
        self.save(path.parent, path.name, notebook)
        assert nbformat.read(path, as_version=4).cells[-1].source == "mine = 1"

    def test_other_notebooks_keep_their_outputs(self, path: Path) -> None:
        self.save(path.parent, "a1.ipynb", used(path))
        saved = nbformat.read(path.with_name("a1.ipynb"), as_version=4)
        assert [cell.outputs[0].data["text/plain"] for cell in saved.cells if cell.get("outputs")] == ["map"]
        assert "language_info" in saved.metadata

    def test_course_lab_switches_it_on(self) -> None:
        file = ROOT / "autograder" / "jupyter" / "jupyter_server_config.d" / "autograder_start_page.json"
        names = json.loads(file.read_text())["ServerApp"]["jpserver_extensions"]
        assert names == {start_page_saving.__name__: True}
