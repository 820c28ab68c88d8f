"""Grade a class: take in each submission, let nbgrader grade it, write its feedback."""

from __future__ import annotations

import hashlib
import io
import json
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde, GenerateAssignment, GenerateFeedback
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from autograder.grading.intake import UnreadableSubmission
from autograder.grading.notes import fingerprint_of, notes_of
from autograder.grading.refusal import write_refusal
from autograder.grading.staging import StagedSubmission, fingerprint_of_files, stage_submission

Status = Literal["graded", "needs_manual_grading", "not_graded"]

_log = logging.getLogger(__name__)


class GradingError(Exception):
    """An assignment cannot be graded at all; the text says why and what to do."""


@dataclass(frozen=True)
class SubmissionResult:
    """What came of one submission.

    Attributes:
        student: the student's id, which is the name of the folder in ``submitted/``.
        score: points in the gradebook, those given by hand included.
        max_score: points that the assignment is worth.
        status: "graded"; "needs_manual_grading" if a person still has to look at an answer;
            "not_graded" if the submission could not be read or run.
        notes: what the student and the instructor should know, in plain sentences.
    """

    student: str
    score: float
    max_score: float
    status: Status
    notes: tuple[str, ...]


Progress = Callable[[int, int, SubmissionResult], None]


def grade_assignment(
    course_root: Path,
    assignment: str,
    students: Sequence[str] | None = None,
    progress: Progress | None = None,
) -> list[SubmissionResult]:
    """Grade the submissions of an assignment and write the feedback pages.

    Submissions are read from ``submitted/<student>/<assignment>/``, where nothing is changed. Grades
    go to the gradebook, graded notebooks to ``autograded/``, pages to ``feedback/``. A submission that
    was graded before and has not changed since (nor have the tests) is not run again, so what a person
    decided about it stands; of a changed one, nbgrader keeps the grades and comments given by hand and
    marks them for another look. A submission that cannot be graded gets a page with the reason, leaves
    the gradebook as it was, and stops no other.

    Whoever turns the results into an exit code should use one of its own for "not_graded" (neither the
    one of success nor the one of an error), because the class has been graded and yet someone has to act.

    Args:
        course_root: the repository, or a copy with ``solutions/`` and ``nbgrader_config.py``.
        assignment: the lesson's name.
        students: whose submissions to grade; everybody's if None.
        progress: called after each submission with the number done, the number in all, and the result.

    Returns:
        One result for each submission, in the order of the student ids.

    Raises:
        GradingError: if the assignment does not exist, or cannot be put into the gradebook.
    """
    with warnings.catch_warnings(), tempfile.TemporaryDirectory(prefix="course-grade-") as temporary:
        grader = _Grader(course_root.resolve(), assignment, Path(temporary).resolve())
        names = grader.submitted_students() if students is None else sorted(set(students))
        results: list[SubmissionResult] = []
        for name in names:
            results.append(grader.grade(name))
            if progress is not None:
                progress(len(results), len(names), results[-1])
        return results


class _ConversionFailed(Exception):
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


class _Grader:
    """Everything about grading one assignment that does not change from student to student."""

    def __init__(self, root: Path, assignment: str, temporary: Path):
        self._root = root
        self._assignment = assignment
        self._temporary = temporary
        self._app = _nbgrader_app(root)
        self._course = CourseDirectory(parent=self._app, root=str(root))
        source = self._folder(self._course.source_directory, ".")
        if not (source / f"{assignment}.ipynb").is_file():
            raise GradingError(
                f"{source / assignment}.ipynb does not exist. Mend: correct the name, or build the lesson."
            )
        self._enter_into_gradebook()
        with self._gradebook() as gradebook:
            notebook = gradebook.find_notebook(assignment, assignment)
            self._grade_ids = {cell.name for cell in notebook.source_cells}
            self._max_score = float(gradebook.find_assignment(assignment).max_score)
        settings = root / "nbgrader_config.py"
        self._fingerprint = _combine(
            fingerprint_of_files(source), settings.read_text(encoding="utf-8") if settings.is_file() else ""
        )

    def submitted_students(self) -> list[str]:
        """Return the ids of all students who have a folder for the assignment."""
        submitted = Path(self._course.format_path(self._course.submitted_directory, ".", "."))
        if not submitted.is_dir():
            return []
        return sorted(
            folder.name
            for folder in submitted.iterdir()
            if not folder.name.startswith(".") and (folder / self._assignment).is_dir()
        )

    def grade(self, student: str) -> SubmissionResult:
        """Grade one submission; whatever is wrong with it is part of the result."""
        submitted = self._folder(self._course.submitted_directory, student)
        staging = self._temporary / "submitted"
        try:
            if set(student) & set("*?[]"):
                raise UnreadableSubmission(
                    "nbgrader takes the signs * ? [ ] in a student's id for a pattern and does not find the folder.",
                    "Nothing: your instructor has to rename the folder of your submission.",
                )
            if not submitted.is_dir():
                raise UnreadableSubmission(f"{student} has handed in nothing for {self._assignment}.", "Hand it in.")
            staged = stage_submission(
                submitted, self._assignment, self._grade_ids, staging / student / self._assignment
            )
            fingerprint = _combine(self._fingerprint, staged.fingerprint)
            if fingerprint_of(self._autograded_metadata(student)) != fingerprint:
                self._autograde(student, staging, staged, fingerprint)
            self._convert(GenerateFeedback, CourseDirectory(parent=self._app, root=str(self._root)), student)
        except UnreadableSubmission as error:
            return self._refuse(student, error)
        except _ConversionFailed as error:
            _log.info("nbgrader on %s of %s:\n%s", self._assignment, student, error.log)
            return self._refuse(
                student,
                UnreadableSubmission(
                    f"nbgrader failed on this submission: {error.last_line}",
                    "Nothing: your instructor was told and has to look into it.",
                ),
            )
        with self._gradebook() as gradebook:
            submission = gradebook.find_submission(self._assignment, student)
            return SubmissionResult(
                student,
                float(submission.score),
                self._max_score,
                "needs_manual_grading" if submission.needs_manual_grade else "graded",
                notes_of(self._autograded_metadata(student)),
            )

    def _enter_into_gradebook(self) -> None:
        """Let nbgrader read tests and points into the gradebook, and throw its release away."""
        course = CourseDirectory(
            parent=self._app, root=str(self._root), release_directory=str(self._temporary / "release")
        )
        try:
            self._convert(GenerateAssignment, course)
        except _ConversionFailed as error:
            if "submissions associated with it" in error.log:
                raise GradingError(
                    f"Exercises of {self._assignment} were added, removed or renamed after it had been graded, and "
                    "nbgrader then keeps the gradebook as it is. Mend: put the old exercises back, or begin a new "
                    "gradebook."
                ) from None
            raise GradingError(
                f"nbgrader cannot read {self._assignment} into the gradebook: {error.last_line}"
            ) from None

    def _autograde(self, student: str, staging: Path, staged: StagedSubmission, fingerprint: str) -> None:
        config = Config()
        config.SubmissionExporter.staging_notes = list(staged.notes)
        config.RecordGrading.fingerprint = fingerprint
        course = CourseDirectory(parent=self._app, root=str(self._root), submitted_directory=str(staging))
        self._convert(Autograde, course, student, config)

    def _convert(
        self,
        converter_class: type[BaseConverter],
        course: CourseDirectory,
        student: str = "*",
        config: Config | None = None,
    ) -> None:
        course.assignment_id = self._assignment
        course.student_id = student
        logged = io.StringIO()
        log = _silent_logger(logged)
        converter = converter_class(coursedir=course, parent=self._app, log=log)
        if config is not None:
            converter.update_config(config)
        converter.force = True
        try:
            converter.start()
        except NbGraderException:
            raise _ConversionFailed(logged.getvalue()) from None
        except Exception as error:  # a submission must not stop the others, in whatever way nbgrader fails on it
            raise _ConversionFailed(f"{logged.getvalue()}\n{type(error).__name__}: {error}") from error

    def _refuse(self, student: str, error: UnreadableSubmission) -> SubmissionResult:
        """Leave the gradebook as it is, but for the student's name, and tell the student why."""
        score, standing = 0.0, ""
        with self._gradebook() as gradebook:
            gradebook.update_or_create_student(student)
            earlier = _find_submission(gradebook, self._assignment, student)
            if earlier is not None and self._autograded_metadata(student):
                score = float(earlier.score)
                standing = f"The grade of an earlier submission stands: {score:g} of {self._max_score:g} points."
        page = self._folder(self._course.feedback_directory, student) / f"{self._assignment}.html"
        write_refusal(
            page,
            assignment=self._assignment,
            student=student,
            reason=error.reason,
            advice=error.advice,
            standing=standing,
        )
        notes = (error.reason, *([standing] if standing else []))
        return SubmissionResult(student, score, self._max_score, "not_graded", notes)

    def _autograded_metadata(self, student: str) -> dict[str, Any]:
        """Return the metadata of the graded notebook; empty if there is none."""
        path = self._folder(self._course.autograded_directory, student) / f"{self._assignment}.ipynb"
        try:
            metadata: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["metadata"]
        except (OSError, ValueError, KeyError):
            return {}
        return metadata

    def _folder(self, step: str, student: str) -> Path:
        return Path(self._course.format_path(step, student, self._assignment))

    @contextmanager
    def _gradebook(self) -> Iterator[Gradebook]:
        with Gradebook(self._course.db_url, self._course.course_id) as gradebook:
            yield gradebook


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


def _combine(*fingerprints: str) -> str:
    return hashlib.sha256("\0".join(fingerprints).encode()).hexdigest()
