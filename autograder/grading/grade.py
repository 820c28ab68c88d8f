"""Grade a class: examine submissions side by side, and let one writer enter them into the gradebook."""

from __future__ import annotations

import logging
import re
import secrets
import tempfile
import warnings
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass, replace
from pathlib import Path

from nbformat import NotebookNode

from autograder.examiner.examination import Examination
from autograder.examiner.examine import content_key
from autograder.grading.engine import ConversionFailed, Engine
from autograder.grading.execute import ExecuteSubmission, read_files, ready_results
from autograder.grading.intake import UnreadableSubmission
from autograder.grading.lock import only_run
from autograder.grading.prepare import put_in_order
from autograder.grading.refusal import write_refusal
from autograder.grading.results import GradingError, Progress, Status, SubmissionResult
from autograder.grading.scheduler import Examiners, dask_examiners, local_examiners
from autograder.grading.staging import StagedSubmission, stage_submission
from autograder.sandbox import sandbox_problem

__all__ = ["GradingError", "Progress", "Status", "SubmissionResult", "grade_assignment"]

_STUDENT_ID = re.compile(r"\w[\w.@+ -]*")

_log = logging.getLogger(__name__)

_TOLD = "Nothing: your instructor was told and has to look into it."
_NOT_RUN = UnreadableSubmission("The submission could not be run.", _TOLD)
_NOT_GRADED = UnreadableSubmission("nbgrader failed on this submission.", _TOLD)


def grade_assignment(
    course_root: Path,
    assignment: str,
    students: Sequence[str] | None = None,
    progress: Progress | None = None,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    unsafe: bool = False,
) -> list[SubmissionResult]:
    """Grade the submissions of an assignment and write the feedback pages.

    Submissions are read from ``submitted/<student>/<assignment>/``, where nothing is changed. Grades
    go to the gradebook, graded notebooks to ``autograded/``, pages to ``feedback/``. A submission that
    was graded before and has not changed since (nor have the tests) is not run again, so what a person
    decided about it stands; of a changed one, nbgrader keeps the grades and comments given by hand and
    marks them for another look. A submission that cannot be graded gets a page with the reason, leaves
    the gradebook as it was, and stops no other.

    Submissions are examined side by side; this process alone writes, one submission after the other, as
    they are done. It may be stopped or killed at any moment: the next call goes on where it ended.

    Whoever turns the results into an exit code should use one of its own for "not_graded" (neither the
    one of success nor the one of an error), because the class has been graded and yet someone has to act.

    Args:
        course_root: the repository, or a copy with ``solutions/`` and ``nbgrader_config.py``.
        assignment: the lesson's name.
        students: whose submissions to grade; everybody's if None.
        progress: called after each submission.
        workers: how many submissions are examined at a time on this machine; one per core if None.
        scheduler: address of a Dask scheduler whose workers examine in place of this machine.
        unsafe: run the students' code without a sandbox.

    Returns:
        One result for each submission, in the order of the student ids.

    Raises:
        GradingError: if the assignment does not exist or cannot be put into the gradebook, if another
            run is grading in the same folder, if there is no sandbox, or if the cluster cannot be used.
    """
    root = course_root.resolve()
    with (
        warnings.catch_warnings(),
        tempfile.TemporaryDirectory(prefix="course-grade-") as temporary,
        only_run(root),
        Engine(root, assignment, Path(temporary).resolve()) as engine,
        dask_examiners(scheduler, unsafe=unsafe) if scheduler else local_examiners(workers) as examiners,
    ):
        names = engine.submitted_students() if students is None else sorted(set(students))
        results: dict[str, SubmissionResult] = {}
        for result in _GradingRun(engine, examiners, unsafe=unsafe).grade(names):
            results[result.student] = result
            if progress is not None:
                progress(len(results), len(names), result)
        return [results[name] for name in names]


@dataclass(frozen=True)
class _Submission:
    student: str
    staged: StagedSubmission
    prepared: NotebookNode


class _GradingRun:
    """One pass over the submissions of an assignment."""

    def __init__(self, engine: Engine, examiners: Examiners, *, unsafe: bool):
        self._engine = engine
        self._examiners = examiners
        settings = ExecuteSubmission(config=engine.app.config).settings
        self._examination = Examination(
            lesson=engine.assignment,
            source=(engine.source / f"{engine.assignment}.ipynb").read_bytes(),
            files=read_files(engine.source),
            settings=replace(settings, run_seed=secrets.randbits(63), unsafe=unsafe or settings.unsafe),
        )

    def grade(self, students: Sequence[str]) -> Iterator[SubmissionResult]:
        """Yield the result of each submission as soon as it is written."""
        waiting = deque(students)
        running: dict[Future[NotebookNode], _Submission] = {}
        while waiting or running:
            while waiting and len(running) < self._examiners.capacity():
                taken = self._take_in(waiting.popleft())
                if isinstance(taken, SubmissionResult):
                    yield taken
                else:
                    future = self._examiners.submit(self._examination, taken.prepared, taken.staged.extras)
                    running[future] = taken
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield self._write(running.pop(future), future)

    def _take_in(self, student: str) -> _Submission | SubmissionResult:
        """Read a submission; its result if it cannot be graded or need not be graded again."""
        engine = self._engine
        try:
            if not _STUDENT_ID.fullmatch(student):
                raise UnreadableSubmission(
                    "A student's id has letters, digits, spaces and . @ + - _ only: other signs mean something to "
                    "nbgrader, to a browser or to a spreadsheet.",
                    "Nothing: your instructor has to rename the folder of your submission.",
                )
            folder = engine.submitted_folder(student)
            if not folder.is_dir():
                raise UnreadableSubmission(f"{student} has handed in nothing for {engine.assignment}.", "Hand it in.")
            staged = stage_submission(folder, engine.assignment, engine.released.metadata)
            if engine.has_graded(student, staged):
                return self._finish(student)
            put_in_order(staged.notebook, [*staged.notes, *staged.reading_notes], engine.released)
        except UnreadableSubmission as error:
            return self._refuse(student, error)
        except ConversionFailed as error:
            return self._give_up(student, error)
        return _Submission(student, staged, staged.notebook)

    def _write(self, submission: _Submission, future: Future[NotebookNode]) -> SubmissionResult:
        """Let nbgrader grade an examined submission."""
        student = submission.student
        try:
            executed = future.result()
        except GradingError:
            raise
        except (CancelledError, Exception) as error:  # whatever an examiner, a worker or the cluster fails with
            if not self._examination.settings.unsafe and (problem := sandbox_problem()):
                raise GradingError(problem) from error  # it would be the same for every submission
            _log.info("The examination of %s's submission failed", student, exc_info=error)
            return self._refuse(student, _NOT_RUN, detail=str(error).strip() or type(error).__name__)
        key = content_key(submission.prepared)
        ready_results[key] = executed
        try:
            self._engine.autograde(student, submission.staged)
            return self._finish(student)
        except ConversionFailed as error:
            return self._give_up(student, error)
        finally:
            ready_results.pop(key, None)

    def _finish(self, student: str) -> SubmissionResult:
        """Write the feedback of a graded submission, and report."""
        self._engine.write_feedback(student)
        standing = self._engine.standing(student)
        assert standing is not None  # it has been graded
        status: Status = "needs_manual_grading" if standing.needs_manual_grade else "graded"
        return SubmissionResult(student, standing.score, self._engine.released.max_score, status, standing.notes)

    def _give_up(self, student: str, error: ConversionFailed) -> SubmissionResult:
        _log.info("nbgrader on %s of %s:\n%s", self._engine.assignment, student, error.log)
        return self._refuse(student, _NOT_GRADED, detail=error.last_line)

    def _refuse(self, student: str, error: UnreadableSubmission, detail: str = "") -> SubmissionResult:
        """Leave the gradebook as it is, but for the student's name, and tell the student why.

        ``detail`` is for the instructor alone: it may quote hidden tests or name folders of this machine.
        """
        engine = self._engine
        engine.enrol(student)
        earlier = engine.standing(student)
        score = earlier.score if earlier else 0.0
        most = engine.released.max_score
        standing = f"The grade of an earlier submission stands: {score:g} of {most:g} points." if earlier else ""
        write_refusal(
            engine.feedback_page(student),
            assignment=engine.assignment,
            student=student,
            reason=error.reason,
            advice=error.advice,
            standing=standing,
        )
        reason = f"{error.reason} {detail.splitlines()[-1]}" if detail else error.reason
        notes = (reason, *([standing] if standing else []))
        return SubmissionResult(student, score, most, "not_graded", notes)
