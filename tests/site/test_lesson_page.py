"""A lesson's page: unsolved, with everything that gives away folded."""

from __future__ import annotations

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from autograder.repository import Repository
from autograder.site.headings import anchors_of
from autograder.site.lesson_page import lesson_page
from tests.conftest import LESSON

SOLUTION = "products = a * b"
MODEL_ANSWER = "An array with one axis."


@pytest.fixture
def page(repository: Repository) -> NotebookNode:
    solved = nbformat.read(repository.solution_notebook(LESSON), as_version=4)
    return lesson_page(solved, repository, ["questions"])


def page_of(repository: Repository, *cells: NotebookNode) -> list[NotebookNode]:
    return lesson_page(new_notebook(cells=cells, metadata={"language_info": {"name": "python"}}), repository, []).cells


def folds(cells: list[NotebookNode]) -> list[bool]:
    """Say of each cell whether it stands within a <details>."""
    depth, within = 0, []
    for cell in cells:
        depth += cell.source.count("<details>") * (cell.cell_type == "markdown")
        within.append(depth > 0)
        depth -= cell.source.count("</details>") * (cell.cell_type == "markdown")
    assert depth == 0, "a <details> is not closed"
    return within


def test_an_exercise_is_unsolved_and_its_solution_folded(page: NotebookNode):
    answers = [
        (folded, cell.source)
        for folded, cell in zip(folds(page.cells), page.cells, strict=True)
        if "def dot" in cell.source
    ]
    (first_folded, stub), (second_folded, solution) = answers
    assert not first_folded and "raise NotImplementedError()" in stub and SOLUTION not in stub
    assert second_folded and SOLUTION in solution and "###" not in solution


def test_tests_are_folded_and_hold_no_hidden_ones(page: NotebookNode):
    tests = [(f, c) for f, c in zip(folds(page.cells), page.cells, strict=True) if c.source.startswith("expect(dot")]
    ((folded, cell),) = tests
    assert folded and cell.outputs == []
    assert "empty_vector" not in "".join(cell.source for cell in page.cells)


def test_a_model_answer_stands_there_once_and_folded(page: NotebookNode):
    places = [folded for folded, cell in zip(folds(page.cells), page.cells, strict=True) if MODEL_ANSWER in cell.source]
    assert places == [True]


def test_two_pages_of_one_notebook_are_the_same(repository: Repository, page: NotebookNode):
    solved = nbformat.read(repository.solution_notebook(LESSON), as_version=4)
    assert lesson_page(solved, repository, ["questions"]) == page


def test_of_the_helper_cells_that_the_build_adds_one_line_is_left(page: NotebookNode):
    magics = [cell.source for cell in page.cells if "%" in cell.source]
    assert magics == ["*In the notebook, `%check dot` tests your answer here and explains a mistake.*"]


def test_the_helper_cells_say_what_a_learner_does_there(repository: Repository):
    cells = page_of(
        repository,
        new_code_cell("%load_ext autograder\n%lesson a1_vectors"),
        new_code_cell("%load_ext autograder\nimport numpy as np"),
        new_code_cell("%check dot"),
        new_code_cell("%timeit dot(a, b)"),
    )
    assert [cell.source for cell in cells] == [
        "import numpy as np",
        "*In the notebook, `%check dot` tests your answer here and explains a mistake.*",
        "%timeit dot(a, b)",
    ]


def test_each_figure_keeps_its_own_text_alternative(repository: Repository):
    figures = [
        new_output("display_data", {"image/png": "aGk="}, metadata={"image/png": {"alt": alt}})
        for alt in ("One", "Two")
    ]
    printed = [new_output("stream", text=text) for text in ("before", "between", "after")]
    outputs = [printed[0], figures[0], printed[1], figures[1], printed[2]]
    cells = page_of(repository, new_code_cell("draw()", outputs=outputs))
    assert [output for cell in cells for output in cell.outputs] == outputs
    assert [cell.metadata.get("mystnb", {}).get("image", {}).get("alt") for cell in cells] == ["One", "Two", None]
    assert [cell.metadata.get("tags") for cell in cells] == [None, ["remove-input"], ["remove-input"]]


def test_the_start_page_is_the_index(repository: Repository):
    (cell,) = page_of(repository, new_markdown_cell("[start](../START_HERE.ipynb) [b](../b/b.ipynb)"))
    assert cell.source == "[start](../index.md) [b](../b/b.ipynb)"


def test_headings_are_found_by_their_markdown():
    text = "# Top\n\n## 1. `dot` and $x^2$ here\n\n```\n# no heading\n```"
    assert anchors_of(new_notebook(cells=[new_markdown_cell(text)])) == {
        "Top": "Top",
        "1. `dot` and $x^2$ here": "1.-dot-and--here",
    }
