"""nbgrader, driven from Python: the one writer of gradebook, ``autograded/`` and ``feedback/``."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.grading.gradebook import open_gradebook, shared_url
from autograder.grading.notes import fingerprint_of, notes_of
from autograder.grading.released import Released
from autograder.grading.results import GradingError
from autograder.grading.staging import StagedSubmission, fingerprint_of_files

_log = logging.getLogger(__name__)

_FEEDBACK_RECORD = ".made-from"
"""In a student's feedback folder: what the page was made from. Written last, so it vouches for the page."""


class ConversionFailed(Exception):
    """One of nbgrader's converters gave up.

    Attributes:
        log: everything that it logged.
    """

    def __init__(self, log: str):
        super().__init__(log)
        self.log = log

    @property
    def last_line(self) -> str:
        """The line of the log that says what went wrong."""
        lines = [line.strip() for line in self.log.splitlines() if line.strip()]
        raised = [line for line in lines if line.partition(":")[0].endswith(("Error", "Exception"))]
        return (raised or lines or ["no reason was given"])[-1]


@dataclass(frozen=True)
class Standing:
    """Where a student stands in the gradebook.

    Attributes:
        score: points, those given by hand included.
        needs_manual_grade: whether a person still has to look at an answer.
        notes: what the grading noted in the graded notebook.
    """

    score: float
    needs_manual_grade: bool
    notes: tuple[str, ...]


class Engine:
    """nbgrader on one assignment of one course folder.

    Args:
        root: the course folder, with ``solutions/`` and ``nbgrader_config.py``.
        assignment: the lesson's name.
        temporary: an empty folder for what nobody keeps.

    Raises:
        GradingError: if the assignment does not exist, or cannot be put into the gradebook.
    """

    def __init__(self, root: Path, assignment: str, temporary: Path):
        self.root = root
        self.assignment = assignment
        self._temporary = temporary
        self.app = _nbgrader_app(root)
        self._course = CourseDirectory(parent=self.app, root=str(root))
        self._course.db_url = shared_url(self._course.db_url)
        self.source = self.folder(self._course.source_directory, ".")
        source_notebook = self.source / f"{assignment}.ipynb"
        if not source_notebook.is_file():
            raise GradingError(f"{source_notebook} does not exist. Mend: correct the name, or build the lesson.")
        self._open_gradebook = open_gradebook(self._course.db_url, self._course.course_id)
        released = self._read_released(source_notebook)
        if released is None or not released.is_release_of(source_notebook, self.app.config):
            self._enter_into_gradebook()
            released = self._read_released(source_notebook)
            assert released is not None  # it has just been entered
        self.released = released
        settings = root / "nbgrader_config.py"
        self._fingerprint = _combine(
            fingerprint_of_files(self.source), settings.read_text(encoding="utf-8") if settings.is_file() else ""
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._open_gradebook.close()

    def submitted_students(self) -> list[str]:
        """Return the ids of all students who have a folder for the assignment."""
        submitted = Path(self._course.format_path(self._course.submitted_directory, ".", "."))
        if not submitted.is_dir():
            return []
        return sorted(
            folder.name
            for folder in submitted.iterdir()
            if not folder.name.startswith(".") and (folder / self.assignment).is_dir()
        )

    def submitted_folder(self, student: str) -> Path:
        """Where the student's submission is, if there is one."""
        return self.folder(self._course.submitted_directory, student)

    def feedback_page(self, student: str) -> Path:
        """Where the student's feedback goes."""
        return self.folder(self._course.feedback_directory, student) / f"{self.assignment}.html"

    def has_graded(self, student: str, staged: StagedSubmission) -> bool:
        """Return whether gradebook and graded notebook are of this very submission, these tests and settings."""
        if fingerprint_of(self._autograded_metadata(student)) != self._fingerprint_with(staged):
            return False
        with self._gradebook() as gradebook:
            return _find_submission(gradebook, self.assignment, student) is not None

    def autograde(self, student: str, staged: StagedSubmission) -> None:
        """Let nbgrader grade a submission.

        A grading that is cut short leaves no fingerprint, so that :meth:`has_graded` is false.

        Raises:
            ConversionFailed: if nbgrader gives up.
        """
        config = Config()
        config.SubmissionExporter.staging_notes = list(staged.notes)
        config.PrepareSubmission.released = self.released
        config.RecordGrading.fingerprint = self._fingerprint_with(staged)
        with tempfile.TemporaryDirectory(dir=self._temporary) as folder:
            staged.write_to(Path(folder, student, self.assignment))
            self._convert(Autograde, student, config, submitted_directory=folder)

    def write_feedback(self, student: str) -> None:
        """Let nbgrader write the feedback page, unless the one that is there says all there is to say.

        Raises:
            ConversionFailed: if nbgrader gives up.
        """
        page = self.feedback_page(student)
        record = page.parent / _FEEDBACK_RECORD
        made_from = _combine(self._fingerprint, self._what_feedback_shows(student))
        if page.is_file() and record.is_file() and record.read_text(encoding="utf-8") == made_from:
            return
        self._convert(GenerateFeedback, student)
        _write_atomically(record, made_from)

    def enrol(self, student: str) -> None:
        """Enter the student into the gradebook, if that has not been done."""
        with self._gradebook() as gradebook:
            gradebook.update_or_create_student(student)

    def standing(self, student: str) -> Standing | None:
        """Return where the student stands, or None if no submission of theirs has been graded."""
        metadata = self._autograded_metadata(student)
        with self._gradebook() as gradebook:
            submission = _find_submission(gradebook, self.assignment, student)
            if submission is None or not metadata:
                return None
            return Standing(float(submission.score), bool(submission.needs_manual_grade), notes_of(metadata))

    def folder(self, step: str, student: str) -> Path:
        """Return a student's folder of one of nbgrader's steps."""
        return Path(self._course.format_path(step, student, self.assignment))

    def _read_released(self, source: Path) -> Released | None:
        with self._gradebook() as gradebook:
            try:
                return Released.from_gradebook(gradebook.find_notebook(self.assignment, self.assignment), source)
            except MissingEntry:
                return None

    def _enter_into_gradebook(self) -> None:
        """Let nbgrader read tests and points into the gradebook, and throw its release away."""
        try:
            self._convert(GenerateAssignment, release_directory=str(self._temporary / "release"))
        except ConversionFailed as error:
            if "submissions associated with it" in error.log:
                raise GradingError(
                    f"Exercises of {self.assignment} were added, removed or renamed after it had been graded, and "
                    "nbgrader then keeps the gradebook as it is. Mend: put the old exercises back, or begin a new "
                    "gradebook."
                ) from None
            raise GradingError(
                f"nbgrader cannot read {self.assignment} into the gradebook: {error.last_line}"
            ) from None

    def _convert(
        self,
        converter_class: type[BaseConverter],
        student: str = "*",
        config: Config | None = None,
        **directories: str,
    ) -> None:
        course = CourseDirectory(
            parent=self.app,
            root=str(self.root),
            db_url=self._course.db_url,
            assignment_id=self.assignment,
            student_id=student,
            **directories,
        )
        logged = io.StringIO()
        converter = converter_class(coursedir=course, parent=self.app, log=_silent_logger(logged))
        if config is not None:
            converter.update_config(config)
        converter.force = True
        try:
            converter.start()
        except NbGraderException:
            raise ConversionFailed(logged.getvalue()) from None
        except Exception as error:  # a submission must not stop the others, in whatever way nbgrader fails on it
            raise ConversionFailed(f"{logged.getvalue()}\n{type(error).__name__}: {error}") from error

    def _what_feedback_shows(self, student: str) -> str:
        """Return what stands for a student's rows of the gradebook and the graded notebook."""
        path = self._autograded_notebook(student)
        with self._gradebook() as gradebook:
            submitted = gradebook.find_submission_notebook(self.assignment, self.assignment, student)
            rows: list[tuple[object, ...]] = [
                (row.id, row.auto_score, row.manual_score, row.extra_credit, row.needs_manual_grade)
                for row in submitted.grades
            ]
            rows += [(row.id, row.auto_comment, row.manual_comment) for row in submitted.comments]
            shown = repr((submitted.late_submission_penalty, sorted(rows, key=str)))
        return _combine(shown, hashlib.sha256(path.read_bytes()).hexdigest())

    def _fingerprint_with(self, staged: StagedSubmission) -> str:
        return _combine(self._fingerprint, staged.fingerprint)

    def _autograded_notebook(self, student: str) -> Path:
        return self.folder(self._course.autograded_directory, student) / f"{self.assignment}.ipynb"

    def _autograded_metadata(self, student: str) -> dict[str, Any]:
        """Return the metadata of the graded notebook; empty if there is none."""
        try:
            text = self._autograded_notebook(student).read_text(encoding="utf-8")
            metadata: dict[str, Any] = json.loads(text)["metadata"]
        except (OSError, ValueError, KeyError):
            return {}
        return metadata

    @contextmanager
    def _gradebook(self) -> Iterator[Gradebook]:
        """Give access to the gradebook as it is now; nothing stays locked or remembered afterwards."""
        try:
            yield self._open_gradebook
        finally:
            self._open_gradebook.db.remove()


def _nbgrader_app(root: Path) -> NbGrader:
    """Return nbgrader's own application, which reads the settings of the user and of the course."""
    app = NbGrader(log=_silent_logger(io.StringIO()))
    app.load_cwd_config = False
    app.raise_config_file_errors = True
    try:
        app.initialize([], root=str(root))
    except (SystemExit, Exception) as error:  # traitlets leaves the process when a setting is wrong
        raise GradingError(f"{root / 'nbgrader_config.py'} cannot be used: {error}") from error
    return app


def _silent_logger(stream: io.StringIO) -> logging.Logger:
    """Return a logger that only writes to ``stream``."""
    logger = logging.Logger("nbgrader", logging.INFO)
    logger.addHandler(logging.StreamHandler(stream))
    return logger


def _find_submission(gradebook: Gradebook, assignment: str, student: str) -> SubmittedAssignment | None:
    try:
        return gradebook.find_submission(assignment, student)
    except MissingEntry:
        return None


def _write_atomically(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def _combine(*fingerprints: str) -> str:
    return hashlib.sha256("\0".join(fingerprints).encode()).hexdigest()
