"""The exporter through which nbgrader's autograde reads what students handed in."""

from __future__ import annotations

from typing import Any

from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from traitlets import List, Unicode

from autograder.grading.intake import read_submission


class SubmissionExporter(NotebookExporter):
    """Reads a submission with :func:`autograder.grading.intake.read_submission`.

    Set as ``Autograde.exporter_class``, so that plain ``nbgrader autograde`` and formgrader's button
    repair and refuse the same files as ``course grade``.
    """

    staging_notes = List(
        Unicode(), help="What had to be done to the submission before it could be read, such as renaming its file."
    ).tag(config=True)

    def from_file(
        self, file_stream: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Convert the notebook in ``file_stream``; the notes of its reading go to ``resources``."""
        notebook, notes = read_submission(file_stream.buffer.read())
        resources = {} if resources is None else resources
        resources["intake_notes"] = [*self.staging_notes, *notes]
        converted: tuple[NotebookNode, dict[str, Any]] = self.from_notebook_node(notebook, resources=resources, **kw)
        return converted
