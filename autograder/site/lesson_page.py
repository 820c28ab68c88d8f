"""A lesson to be read: the executed notebook with its exercises unsolved, and everything that gives away folded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.build.notebooks import release_notebook
from autograder.repository import Repository

_SET_UP_MAGIC = re.compile(r"^%(?:(?:re)?load_ext autograder|lesson)\b.*\n?", re.MULTILINE)
_CHECK_MAGIC = re.compile(r"%check (\w+)\s*")
_SOLUTION_MARK = re.compile(r"^ *### (?:BEGIN|END) SOLUTION\n?", re.MULTILINE)
_TEST_HEADING = re.compile(r"\A# Tests of .*\n")
_START_PAGE_LINK = re.compile(r"(\]\()\.\./START_HERE\.ipynb(?=[)#])")
_CONTINUED = "# further outputs of the cell above"  # MyST-NB leaves out cells that have no source
_WRITE_FIRST = "*Write your own answer first. Then unfold the model answer.*"


def lesson_page(solved: NotebookNode, repository: Repository, further_pages: list[str]) -> NotebookNode:
    """Return the notebook that the site shows for a lesson.

    Args:
        solved: the solved and executed notebook.
        repository: says what a released exercise looks like.
        further_pages: entries of a table of contents: the pages that belong to the lesson, relative to it.
    """
    released = {cell.id: cell for cell in release_notebook(solved, repository.nbgrader_config).cells}
    page = new_notebook(metadata={"language_info": solved.metadata["language_info"]})
    for cell in solved.cells:
        page.cells += _cells(cell, released[cell.id])
    if further_pages:
        page.cells.append(new_markdown_cell("\n".join(["```{toctree}", ":hidden:", "", *further_pages, "```"])))
    for number, cell in enumerate(page.cells):
        cell.id = f"cell-{number}"  # two builds of one notebook give the same page
    return page


def _cells(solved: NotebookNode, released: NotebookNode) -> Iterator[NotebookNode]:
    """Yield what stands on the site for one cell of the notebook."""
    role = solved.metadata.get("nbgrader", {})
    if role.get("solution") and solved.cell_type == "code":
        yield new_code_cell(released.source)
        source = _SOLUTION_MARK.sub("", solved.source).rstrip()
        yield from _folded("Solution", _with_outputs(source, solved.outputs))
    elif role.get("solution"):
        yield new_markdown_cell(_WRITE_FIRST)
    elif role.get("grade"):
        # Without outputs: they are those of the hidden tests, too.
        yield from _folded("Tests", [new_code_cell(_TEST_HEADING.sub("", released.source))])
    elif solved.cell_type == "markdown":
        yield new_markdown_cell(_START_PAGE_LINK.sub(r"\1../index.md", solved.source))
    elif check := _CHECK_MAGIC.fullmatch(solved.source):
        yield new_markdown_cell(
            f"*In the notebook, `%check {check[1]}` tests your answer here and explains a mistake.*"
        )
    elif source := _SET_UP_MAGIC.sub("", solved.source).strip("\n"):
        yield from _with_outputs(source, solved.outputs)


def _folded(summary: str, cells: Iterator[NotebookNode] | list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield cells between the two halves of a ``<details>``, as notebooks fold their hints."""
    yield new_markdown_cell(f"<details><summary>{escape(summary)}</summary>")
    yield from cells
    yield new_markdown_cell("</details>")


def _with_outputs(source: str, outputs: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield a cell with its outputs; what comes after a figure gets a cell of its own, whose source is not shown.

    MyST-NB takes the text alternative of a figure from the cell, not from the output.
    """
    cell = new_code_cell(source)
    for output in outputs:
        cell.outputs.append(output)
        alternative = next((about["alt"] for about in output.get("metadata", {}).values() if "alt" in about), None)
        if alternative:
            cell.metadata["mystnb"] = {"image": {"alt": alternative}}
            yield cell
            cell = new_code_cell(_CONTINUED, metadata={"tags": ["remove-input"]})
    if cell.source != _CONTINUED or cell.outputs:
        yield cell
