"""Steps that this course adds to nbgrader's autograde, each plugged in by ``nbgrader_config.py``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell
from nbgrader.api import Gradebook
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import compute_checksum, determine_grade, is_grade, is_solution, is_task
from traitlets import Instance, Unicode

from autograder.grading.notes import finish_record, notes_of
from autograder.grading.prepare import put_in_order
from autograder.grading.released import Released

Resources = dict[str, Any]


class PrepareSubmission(NbGraderPreprocessor):
    """Put a submission in order: see :func:`autograder.grading.prepare.put_in_order`.

    Takes the place of nbgrader's ClearOutput, DeduplicateIds, OverwriteKernelspec and OverwriteCells.
    """

    released = Instance(
        Released, allow_none=True, help="The assignment's cells; read from the gradebook for each submission if None."
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Give the notebook the released cells, metadata and kernel."""
        put_in_order(nb, resources.get("intake_notes", ()), self.released or self._read_released(resources["nbgrader"]))
        return nb, resources

    def _read_released(self, where: dict[str, str]) -> Released:
        coursedir = getattr(getattr(self.parent, "parent", None), "coursedir", None)
        source = None
        if coursedir is not None:
            folder = coursedir.format_path(coursedir.source_directory, ".", where["assignment"])
            source = Path(folder, f"{where['notebook']}.ipynb")
        with Gradebook(where["db_url"]) as gradebook:
            return Released.from_gradebook(gradebook.find_notebook(where["notebook"], where["assignment"]), source)


class ForgiveStderrDuringRun:
    """Show what a test wrote to stderr as printed text, because Validate takes stderr for a failure.

    It offers no place for a preprocessor but calls a hook before each cell.

    Set as ``Execute.on_cell_start``: the cell that came before has run by then. The last cell of a
    notebook is not reached; in this course that is never a test.
    """

    def __init__(self) -> None:
        self._previous: NotebookNode | None = None

    def __call__(self, cell: NotebookNode, cell_index: int) -> None:
        """Take note of a cell that is about to run, and mend the one before."""
        if self._previous is not None and cell_index > 0:
            forgive_stderr(self._previous)
        self._previous = cell


def forgive_stderr(cell: NotebookNode) -> None:
    """Rename the stderr streams of ``cell`` to stdout if it is a graded code cell."""
    if cell.cell_type == "code" and is_grade(cell):
        for output in cell.outputs:
            if output.output_type == "stream" and output.name == "stderr":
                output.name = "stdout"


class SaveGrades(SaveAutoGrades):
    """nbgrader's SaveAutoGrades in one transaction: a gradebook never holds half a submission's new grades."""

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Write the score of each test, and for each answer whether there is one."""
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            submitted = gradebook.find_submission_notebook(where["notebook"], where["assignment"], where["student"])
            grades = {grade.name: grade for grade in submitted.grades}
            comments = {comment.name: comment for comment in submitted.comments}
            for cell in nb.cells:
                grade_id = cell.metadata.get("nbgrader", {}).get("grade_id")
                if is_grade(cell):
                    grade = grades[grade_id]
                    grade.auto_score, _ = determine_grade(cell, self.log)
                    # As in nbgrader: a person looks again at what a person has graded before.
                    grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
                if is_solution(cell) or is_task(cell):
                    is_blank = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell) and not is_task(cell)
                    comments[grade_id].auto_comment = "No response." if is_blank else None
            gradebook.db.commit()
        return nb, resources


class RecordGrading(NbGraderPreprocessor):
    """The last step: put the notes on top of the notebook, and say that the grading came to its end."""

    fingerprint = Unicode(
        "",
        help="Stands for what was graded and with which tests; set by `course grade`, which skips what is unchanged.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Resources) -> tuple[NotebookNode, Resources]:
        """Insert a cell with the notes, if there are any."""
        notes = notes_of(nb.metadata)
        if notes:
            items = "\n".join(f"- {_as_markdown_text(note)}" for note in notes)
            nb.cells.insert(0, new_markdown_cell(f"**Notes on the grading of this submission**\n\n{items}"))
        finish_record(nb, self.fingerprint)
        return nb, resources


def _as_markdown_text(text: str) -> str:
    """Escape what Markdown or HTML would read as markup: notes may quote what a student chose."""
    escaped = "".join("\\" + letter if letter in r"\`*_{}[]()#+!|~$" else letter for letter in text)
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\n", " ")
