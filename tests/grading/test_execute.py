"""Running a submission: whatever a cell does costs only that cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import determine_grade
from traitlets.config import Config

from autograder.grading.execute import ExecuteSubmission
from autograder.grading.notes import notes_of

IGNORE_INTERRUPTS = "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)"


def plain(source: str, **metadata: object) -> NotebookNode:
    return new_code_cell(source, metadata=metadata)


def check(name: str, source: str, **metadata: object) -> NotebookNode:
    """A test cell worth one point."""
    nbgrader = {"grade": True, "solution": False, "locked": True, "grade_id": name, "points": 1, "schema_version": 3}
    return new_code_cell(source, metadata={"nbgrader": nbgrader, **metadata})


def run(folder: Path, *cells: NotebookNode, **settings: object) -> tuple[dict[str, float], str, NotebookNode]:
    """Return the points of each test, the notes, and the notebook."""
    config = Config()
    config.ExecuteSubmission.update({"timeout": 2, "iopub_timeout": 1, "raise_on_iopub_timeout": False, **settings})
    config.ExecuteSubmission.shutdown_kernel = "immediate"
    config.ExecuteSubmission.error_on_timeout = {"ename": "CellTimeoutError", "evalue": "", "traceback": ["stopped"]}
    config.ExecutePreprocessor.kernel_manager_class = "autograder.kernel.manager.GuardedKernelManager"
    notebook = new_notebook(cells=list(cells))
    notebook, _resources = ExecuteSubmission(config=config).preprocess(notebook, {"metadata": {"path": str(folder)}})
    points = {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0] for cell in cells if "nbgrader" in cell.metadata
    }
    return points, " ".join(notes_of(notebook.metadata)), notebook


def test_a_hang_that_ignores_interrupts_costs_its_own_test_only(tmp_path: Path) -> None:
    points, notes, _notebook = run(
        tmp_path,
        plain("with open('starts', 'a') as file:\n    file.write('one more\\n')\nready = 1"),
        plain("broken = 1 / 0"),
        check("before", "assert ready"),
        check("hangs", f"{IGNORE_INTERRUPTS}\nwhile True: pass"),
        check("after", "assert ready and len(open('starts').readlines()) == 2  # in a second kernel"),
    )
    assert points == {"before": 1, "hangs": 0, "after": 1}
    assert "The cell hangs did not finish within 2 s" in notes


def test_a_hang_that_can_be_interrupted_keeps_its_kernel(tmp_path: Path) -> None:
    points, _notes, _notebook = run(
        tmp_path,
        check("hangs", "state = 5\nwhile True: pass"),
        check("after", "assert state == 5"),
    )
    assert points == {"hangs": 0, "after": 1}


def test_a_process_that_ends_costs_its_own_test_only(tmp_path: Path) -> None:
    points, notes, notebook = run(
        tmp_path,
        plain("import os\nready = 1\nprint('once')"),
        check("ends", "os._exit(0)"),
        new_markdown_cell("text"),
        check("after", "assert ready"),
        plain("os.kill(os.getpid(), 9)"),
        check("last", "assert ready"),
    )
    assert points == {"ends": 0, "after": 1, "last": 1}
    assert "The cell ends ended the Python process" in notes and "Code cell 4 ended the Python process" in notes
    assert [output.text for output in notebook.cells[0].outputs] == ["once\n"]


def test_after_too_many_dead_kernels_the_rest_fails_by_name(tmp_path: Path) -> None:
    points, notes, notebook = run(
        tmp_path,
        check("one", "import os; os._exit(0)"),
        check("two", "import os; os._exit(0)"),
        check("three", "pass"),
        max_replacements=1,
    )
    assert points == {"one": 0, "two": 0, "three": 0}
    assert notebook.cells[2].outputs[0].ename == "NotRun"
    assert "Too many cells" in notes


def test_a_test_that_jupyter_was_told_to_skip_has_not_passed(tmp_path: Path) -> None:
    points, _notes, _notebook = run(tmp_path, check("skipped", "assert False", tags=["skip-execution"]))
    assert points == {"skipped": 0}


def test_a_flood_is_cut_while_it_arrives_and_costs_nothing(tmp_path: Path) -> None:
    points, notes, notebook = run(
        tmp_path,
        check("prints", "print('x' * 30_000_000)"),
        check("raises", "raise ValueError('x' * 30_000_000)"),
        check("updates", "from IPython.display import display\nd = display(1, display_id=True)\nd.update('x' * 9**7)"),
        timeout=20,
    )
    assert points == {"prints": 1, "raises": 0, "updates": 1}
    assert len(str(notebook)) < 400_000
    assert "The cell prints put out more than is kept" in notes


def test_the_kernel_is_guarded(tmp_path: Path) -> None:
    _points, _notes, notebook = run(tmp_path, plain("import os\nprint(os.environ['COURSE_NETWORK'])"))
    assert notebook.cells[0].outputs[0].text.startswith("blocked by")


def test_the_configured_kernel_manager_is_used() -> None:
    config = Config()
    config.ExecutePreprocessor.kernel_manager_class = "autograder.kernel.manager.GuardedKernelManager"
    assert ExecuteSubmission(config=config).kernel_manager_class.__name__ == "GuardedKernelManager"


@pytest.mark.parametrize("kind", ["print", "warning"])
def test_output_of_c_libraries_stays_out_of_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    stream = {"print": 1, "warning": 2}[kind]
    run(tmp_path, plain(f"import ctypes, os\nos.write({stream}, b'from the depths')"))
    captured = capfd.readouterr()
    assert "from the depths" not in captured.out + captured.err
