"""A new release takes in everything that a learner wrote, however the notebook was edited."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.grading.intake import read_submission
from autograder.learner.merge import GONE_HEADING, merge
from tests.conftest import SOURCE, make_course
from tests.learner.edits import Editor, cell_of, released, solve

ANSWER = "def dot(a, b):\n    return float(a @ b)"
CHANGES = {
    "# See [the exercise]": "# Read slowly. See [the exercise]",
    "# Return the dot product of two vectors.": "# Return the dot product.\n#\n# Both have shape (n,).",
    "Return the dot product of two vectors of shape (n,).": "Return the dot product.",
    "expect(dot, np.array([1.0, 2.0]), np.array([3.0, 4.0]))": "pair = (np.arange(2), np.ones(2))\nexpect(dot, *pair)",
    "from autograder.expect import expect\n": "from autograder.expect import expect\n\nnp.seterr(all='raise')\n",
}
NEWER = SOURCE
for _before, _after in CHANGES.items():
    assert NEWER.count(_before) == 1
    NEWER = NEWER.replace(_before, _after)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    return released(make_course(tmp_path_factory.mktemp("old")))


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> NotebookNode:
    return released(make_course(tmp_path_factory.mktemp("new"), NEWER))


@pytest.fixture
def mine(old: NotebookNode) -> NotebookNode:
    return copy.deepcopy(old)


def texts(notebook: NotebookNode) -> list[str]:
    return [cell.source for cell in notebook.cells]


def place_of(notebook: NotebookNode, part: str) -> int:
    return next(place for place, cell in enumerate(notebook.cells) if part in cell.source)


def assert_valid(notebook: NotebookNode) -> None:
    nbformat.validate(notebook)
    assert len({cell.id for cell in notebook.cells}) == len(notebook.cells)


@pytest.mark.parametrize("knows_past", [True, False])
def test_an_untouched_notebook_becomes_the_new_release(old: NotebookNode, new: NotebookNode, knows_past: bool) -> None:
    assert texts(old) != texts(new)
    done = merge(old, new, [old] if knows_past else [])
    assert done.notebook == new
    assert (done.answers, done.own_cells, done.kept_aside, done.gone) == ((), 0, 0, ())


def test_answers_keep_their_text_and_the_rest_is_new(mine: NotebookNode, old: NotebookNode, new: NotebookNode) -> None:
    solve(mine, "dot", ANSWER)
    solve(mine, "explain", "A list of numbers.\n\n![drawn](attachment:a.png)")
    cell_of(mine, "explain").attachments = {"a.png": {"image/png": "aGVsbG8="}}
    done = merge(mine, new, [old])
    assert cell_of(done.notebook, "dot").source == ANSWER
    assert cell_of(done.notebook, "explain").source.startswith("A list")
    assert cell_of(done.notebook, "explain").attachments == {"a.png": {"image/png": "aGVsbG8="}}
    assert set(done.answers) == {"dot", "explain"} and done.regiven == ("dot",)
    others = [cell.source for cell in done.notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") not in
              ("dot", "explain")]  # fmt: skip
    assert others == [c.source for c in new.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in
                      ("dot", "explain")]  # fmt: skip
    assert_valid(done.notebook)


def test_own_cells_stay_after_what_they_followed(mine: NotebookNode, new: NotebookNode) -> None:
    mine.cells.insert(0, new_markdown_cell("top"))
    mine.cells.insert(place_of(mine, "import numpy") + 1, new_code_cell("after_changed = 1"))
    mine.cells.insert(place_of(mine, "after_changed") + 1, new_code_cell("second = 2"))
    mine.cells.insert(place_of(mine, "## The exercise") + 1, new_code_cell("middle = 1"))
    mine.cells.append(new_markdown_cell("end"))
    done = merge(mine, new).notebook
    assert done.cells[0].source == "top" and done.cells[-1].source == "end"
    assert "seterr" in done.cells[place_of(done, "after_changed") - 1].source
    assert place_of(done, "second = 2") == place_of(done, "after_changed") + 1
    assert done.cells[place_of(done, "middle = 1") - 1].source == "## The exercise"
    assert len(done.cells) == len(new.cells) + 5
    assert_valid(done)


def test_changed_given_cells_are_kept_below_the_new_ones(mine: NotebookNode, new: NotebookNode) -> None:
    mine.cells[place_of(mine, "import numpy")].source += "\nimport this  # ```"
    mine.cells[place_of(mine, "## The exercise")].source = "## The exercise\n\nI do not get this."
    cell_of(mine, "test_dot").source += "\nprint('mine')"
    done = merge(mine, new)
    assert done.kept_aside == 3
    for line, above in (
        ("import this", "seterr"),
        ("I do not get this.", "## The exercise"),
        ("print('mine')", "pair"),
    ):
        place = place_of(done.notebook, line)
        kept = done.notebook.cells[place]
        assert kept.cell_type == "markdown" and kept.source.startswith("**Your version of the cell above.**")
        assert above in done.notebook.cells[place - 1].source
        assert "nbgrader" not in kept.metadata
        assert line != "import this" or kept.source.rstrip().endswith("\n````")
    assert_valid(done.notebook)


def test_blanks_and_line_ends_are_no_changes(mine: NotebookNode, new: NotebookNode, old: NotebookNode) -> None:
    for cell in mine.cells:
        cell.source = cell.source.replace("\n", "  \r\n") + "\n"
    assert merge(mine, new, [old]).notebook == new


def test_without_ids_and_metadata(mine: NotebookNode, new: NotebookNode, old: NotebookNode) -> None:
    solve(mine, "dot", ANSWER)
    mine.cells.insert(3, new_code_cell("own = 1"))
    for cell in mine.cells:
        cell.metadata.clear()
        del cell["id"]
    mine.nbformat_minor = 4
    mine.metadata.clear()
    read, _notes = read_submission(json.dumps(mine).encode())
    done = merge(read, new, [old])
    assert cell_of(done.notebook, "dot").source == ANSWER
    assert len(done.notebook.cells) == len(new.cells) + 1 and done.own_cells == 1
    assert_valid(done.notebook)


def test_without_ids_in_the_same_release(mine: NotebookNode, old: NotebookNode) -> None:
    solve(mine, "dot", ANSWER)
    for cell in mine.cells:
        cell.metadata.clear()
        cell.id = new_code_cell().id
    done = merge(mine, old).notebook
    assert texts(done) == texts(solve(copy.deepcopy(old), "dot", ANSWER))


def test_an_own_cell_like_an_old_given_one_is_kept(mine: NotebookNode, old: NotebookNode, new: NotebookNode) -> None:
    text = next(cell.source for cell in old.cells if cell.source not in texts(new) and cell.cell_type == "code")
    mine.cells.append(new_code_cell(text))
    assert merge(mine, new, [old]).notebook.cells[-1].source == text


def test_ids_alone_find_the_answers(mine: NotebookNode) -> None:
    release = copy.deepcopy(mine)
    solve(mine, "dot", "dot = np.dot")
    solve(mine, "explain", "A row.")
    for cell in mine.cells:
        cell.metadata.clear()
    done = merge(mine, release).notebook
    assert cell_of(done, "dot").source == "dot = np.dot" and cell_of(done, "explain").source == "A row."
    assert len(done.cells) == len(release.cells)


def test_deleted_cells_come_back(mine: NotebookNode, new: NotebookNode) -> None:
    mine.cells = [cell for cell in mine.cells if cell.cell_type == "markdown"]
    assert texts(merge(mine, new).notebook) == texts(new)


def test_a_repeated_answer_counts_once_and_is_kept_twice(mine: NotebookNode, new: NotebookNode) -> None:
    first, second = "def dot(a, b):\n    return a * b", ANSWER
    solve(mine, "dot", first)
    for number, text in enumerate((second, "")):
        twin = copy.deepcopy(cell_of(mine, "dot"))
        twin.source, twin.id = text, f"twin-{number}"
        mine.cells.append(twin)
    done = merge(mine, new).notebook
    assert cell_of(done, "dot").source == second and texts(done).count(first) == 1
    assert [c.metadata.get("nbgrader", {}).get("grade_id") for c in done.cells].count("dot") == 1
    assert_valid(done)


def test_a_split_answer_stays_in_order(mine: NotebookNode, new: NotebookNode) -> None:
    solve(mine, "dot", "import math")
    place = mine.cells.index(cell_of(mine, "dot"))
    second = copy.deepcopy(mine.cells[place])
    second.source, second.id = ANSWER, "half"
    mine.cells.insert(place + 1, second)
    done = merge(mine, new).notebook
    assert cell_of(done, "dot").source == ANSWER and "import math" in texts(done)
    assert place_of(done, "import math") < place_of(done, "a @ b")


def test_an_answer_turned_into_text_is_an_answer_again(mine: NotebookNode, new: NotebookNode) -> None:
    place = mine.cells.index(cell_of(mine, "dot"))
    mine.cells[place] = new_markdown_cell(ANSWER, id=mine.cells[place].id, metadata=mine.cells[place].metadata)
    cell = cell_of(merge(mine, new).notebook, "dot")
    assert (cell.cell_type, cell.source) == ("code", ANSWER)


def test_an_exercise_that_is_gone(mine: NotebookNode, tmp_path: Path) -> None:
    renamed = released(make_course(tmp_path, SOURCE.replace('"dot"', '"inner"').replace("def dot(", "def inner(")))
    assert merge(mine, renamed).gone == ()  # nothing was written in it
    solve(mine, "dot", ANSWER)
    done = merge(mine, renamed)
    assert done.gone == ("dot",) and "raise NotImplementedError" in cell_of(done.notebook, "inner").source
    assert texts(done.notebook)[-2:] == [GONE_HEADING, ANSWER]
    assert texts(merge(done.notebook, renamed).notebook) == texts(done.notebook)
    again = merge(mine, renamed, into=done.notebook).notebook
    assert texts(again).count(GONE_HEADING) == 1
    assert_valid(done.notebook)


def test_bringing_in_an_older_copy_leaves_newer_answers(mine: NotebookNode, new: NotebookNode) -> None:
    working = solve(copy.deepcopy(new), "dot", ANSWER)
    solve(mine, "dot", "def dot(a, b):\n    return 11.0")
    solve(mine, "explain", "Numbers.")
    mine.cells.append(new_code_cell("mine = 1"))
    done = merge(mine, new, into=working).notebook
    assert cell_of(done, "dot").source == ANSWER and cell_of(done, "explain").source == "Numbers."
    aside = done.cells[done.cells.index(cell_of(done, "dot")) + 1].source
    assert aside.startswith("**Another answer of yours") and "return 11.0" in aside
    assert merge(mine, new, into=done).notebook == done  # broken off and begun again
    assert_valid(done)


@pytest.mark.parametrize("seed", range(60))
def test_no_line_of_the_learner_is_ever_lost(seed: int, old: NotebookNode, new: NotebookNode) -> None:
    editor = Editor(old, seed)
    raw = json.dumps(editor.edit(times=3 + seed % 40))
    mine, _notes = read_submission(raw.encode())
    past = [old] if seed % 2 else []
    done = merge(mine, new, past).notebook
    kept = {line.strip() for cell in done.cells for line in cell.source.split("\n")}
    assert editor.lines <= kept, f"lost: {editor.lines - kept}"
    assert_valid(done)
    names = [c.metadata.get("nbgrader", {}).get("grade_id") for c in done.cells]
    wanted = [c.metadata["nbgrader"]["grade_id"] for c in new.cells if "nbgrader" in c.metadata]
    assert [name for name in names if name] == wanted
    assert merge(done, new, past).notebook == done


def test_the_editor_writes_lines() -> None:
    notebook = nbformat.v4.new_notebook(cells=[new_code_cell("given = 1", id="a1")])
    editor = Editor(notebook, 3)
    editor.edit(60)
    assert editor.lines
