"""The exporter through which nbgrader's generate_feedback writes this course's feedback page."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from nbconvert.exporters.exporter import Exporter
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from traitlets import Bool

from autograder.feedback.grades import read_grades
from autograder.feedback.outline import Outline, outline_of
from autograder.feedback.page import render_report
from autograder.feedback.report import make_report


class FeedbackExporter(Exporter):
    """Writes the feedback page of one graded notebook.

    Set as ``GenerateFeedback.exporter_class``, so that ``nbgrader generate_feedback``, formgrader's button
    and ``course grade`` write the same page. It reads the gradebook itself, so no preprocessors are run.
    """

    file_extension = ".html"
    output_mimetype = "text/html"

    show_tests = Bool(
        False,
        help="Show students the source of all tests, hidden ones included, and the tracebacks of broken tests. "
        "For a course whose tests are not used again.",
    ).tag(config=True)

    def from_file(
        self, file_stream: Any, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Convert the graded notebook in ``file_stream``.

        nbgrader wrote it as a valid notebook of format 4, so it is not validated once more.
        """
        return self.from_notebook_node(json.load(file_stream), resources, **kw)

    def from_notebook_node(
        self, nb: NotebookNode, resources: dict[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the page and the resources.

        Raises:
            FileNotFoundError: if the lesson's source notebook is missing.
            nbgrader.api.MissingEntry: if the submission is not in the gradebook.
        """
        resources = self._init_resources(resources)
        where = resources["nbgrader"]
        with Gradebook(where["db_url"]) as gradebook:
            grades = read_grades(gradebook, where["assignment"], where["notebook"], where["student"])
        outline = self._outline(where["assignment"], where["notebook"])
        return render_report(make_report(outline, grades, nb, show_tests=self.show_tests)), resources

    def _outline(self, assignment: str, notebook: str) -> Outline:
        assert self.parent is not None  # nbgrader's converter, which always says that it is the parent
        coursedir = self.parent.coursedir
        folder = coursedir.format_path(coursedir.source_directory, ".", assignment)
        return outline_of(Path(folder, f"{notebook}.ipynb"))
