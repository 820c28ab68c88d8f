"""The step of nbgrader's autograde that runs a submission: it has the submission examined."""

from __future__ import annotations

import secrets
from dataclasses import replace
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Float, Integer

from autograder.examiner.examination import Examination, Files
from autograder.examiner.examine import content_key, examine
from autograder.examiner.settings import ExamSettings
from autograder.sandbox import Limits

_run_seeds: WeakKeyDictionary[Any, int] = WeakKeyDictionary()
"""Random inputs are the same for all submissions that one call of nbgrader grades, and new for each call.

Formgrader's button is such a call, in a server that runs for days.
"""

ready_results: dict[str, NotebookNode] = {}
"""Results of submissions that were examined ahead, by their :func:`content_key`; each is used once."""


class ExecuteSubmission(NbGraderPreprocessor):
    """Takes the place of nbgrader's Execute.

    The student's cells run in a sandboxed kernel and the tests outside it, in the examiner: see
    :mod:`autograder.examiner`. Whatever a cell does costs only its own points.
    """

    seconds_per_cell = Float(60, help="wall time of one cell, and of one test").tag(config=True)
    seconds_per_call = Float(30, help="wall time of one call of a student's function by a test").tag(config=True)
    seconds_per_notebook = Float(900, help="wall time of all cells and tests together").tag(config=True)
    cpu_seconds = Integer(600, help="processor time of the kernel").tag(config=True)
    memory = Integer(4_000_000_000, help="bytes of memory of the kernel and all that it starts").tag(config=True)
    disk = Integer(500_000_000, help="bytes that it may write").tag(config=True)
    processes = Integer(128, help="processes and threads that it may have").tag(config=True)
    max_text = Integer(100_000, help="bytes of printed text and error messages kept per cell").tag(config=True)
    max_rich = Integer(4_000_000, help="bytes of figures and other rich output kept per cell").tag(config=True)
    max_total = Integer(16_000_000, help="bytes of output kept per notebook").tag(config=True)
    unsafe = Bool(False, help="run submissions without a sandbox: only for code that you trust, such as your own").tag(
        config=True
    )

    @property
    def settings(self) -> ExamSettings:
        """The settings of an examination with these limits; the run seed is not yet drawn."""
        return ExamSettings(
            seconds_per_cell=self.seconds_per_cell,
            seconds_per_call=self.seconds_per_call,
            seconds_per_notebook=self.seconds_per_notebook,
            text_bytes=self.max_text,
            rich_bytes=self.max_rich,
            total_bytes=self.max_total,
            limits=Limits(
                cpu_seconds=self.cpu_seconds,
                memory_bytes=self.memory,
                disk_bytes=self.disk,
                processes=self.processes,
            ),
            unsafe=self.unsafe,
        )

    def preprocess(self, nb: NotebookNode, resources: dict[str, Any]) -> tuple[NotebookNode, dict[str, Any]]:
        """Put the outputs of all code cells into ``nb``."""
        examined = ready_results.pop(content_key(nb), None)
        if examined is None:
            examined = self._examine(nb, resources)
        nb.cells = examined.cells
        nb.metadata = examined.metadata
        return nb, resources

    def _examine(self, nb: NotebookNode, resources: dict[str, Any]) -> NotebookNode:
        converter = self.parent.parent
        course = converter.coursedir
        assignment = resources["nbgrader"]["assignment"]
        folder = Path(course.format_path(course.source_directory, ".", assignment))
        notebook = folder / f"{resources['nbgrader']['notebook']}.ipynb"
        files = read_files(folder)
        settings = replace(self.settings, run_seed=_run_seeds.setdefault(converter, secrets.randbits(63)))
        examination = Examination(assignment, notebook.read_bytes(), files, settings)
        taken = {name for name, _ in files}
        own = tuple((name, data) for name, data in read_files(Path(resources["metadata"]["path"])) if name not in taken)
        return examine(examination, nb, own)


def read_files(folder: Path) -> Files:
    """Return all files below ``folder`` but notebooks; links are left out."""
    return tuple(
        (path.relative_to(folder).as_posix(), path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink() and path.suffix != ".ipynb"
    )
