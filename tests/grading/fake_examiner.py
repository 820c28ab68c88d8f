"""Stands in for the examiner where a test is about what is done with results, not how they come about."""

from __future__ import annotations

import copy
import os
import time
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.examiner.examination import Examination, Files

SECONDS = "FAKE_EXAMINER_SECONDS"
LOG = "FAKE_EXAMINER_LOG"


def examine(_examination: Examination, notebook: NotebookNode, _own_files: Files = ()) -> NotebookNode:
    """Fail the tests of the exercise ``double`` where it takes a square; the other tests pass.

    Takes as many seconds as the environment says, and writes a line to the log that it names.
    """
    time.sleep(float(os.environ.get(SECONDS, "0")))
    if LOG in os.environ:
        with Path(os.environ[LOG]).open("a", encoding="utf-8") as file:
            file.write("examined\n")
    executed = copy.deepcopy(notebook)
    is_wrong = any("x * x" in cell.source for cell in notebook.cells if grade_id(cell) == "double")
    for number, cell in enumerate(cell for cell in executed.cells if cell.cell_type == "code"):
        cell.execution_count = number + 1
        if is_wrong and grade_id(cell) == "test_double":
            cell.outputs = [new_output("error", ename="Mismatch", evalue="You took the square.", traceback=[])]
    return executed


def grade_id(cell: NotebookNode) -> str:
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))
