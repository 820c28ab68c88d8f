"""Everything that a feedback page says, put together from the source, the gradebook and the graded notebook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from autograder.feedback.grades import CellGrade, SubmissionGrades
from autograder.feedback.message import Message, message_of
from autograder.feedback.outline import Exercise, Outline, source_of
from autograder.feedback.outputs import RasterImage, as_text, plain_text, raster_image
from autograder.feedback.preformatted import as_typed
from autograder.grading.notes import notes_of

_MOST_CELLS = 10
_MOST_IMAGES = 6
_LONGEST_ANSWER = 20_000
_MOST_ANSWER_LINES = 500
Cell = Mapping[str, Any]


class Verdict(Enum):
    """What came of a test or an exercise: a sign and the words for it."""

    FULL = ("✓", "full points")
    PART = ("◐", "part of the points")
    NONE = ("✗", "no points")
    WAITING = ("…", "waiting for a person")
    UNGRADED = ("–", "not graded")

    @property
    def sign(self) -> str:
        """One character that is told apart without colour."""
        return self.value[0]

    @property
    def words(self) -> str:
        """The same for those who do not see the sign."""
        return self.value[1]


@dataclass(frozen=True)
class CellReport:
    """One graded cell of an exercise.

    Attributes:
        name: "Test 1", or "Your answer" for a written one.
        verdict: in words and sign.
        grade: the points.
        message: what is wrong; None if nothing is, or nothing is known.
        source: the test itself, hidden parts included; "" unless the instructor shows it.
    """

    name: str
    verdict: Verdict
    grade: CellGrade
    message: Message | None
    source: str


@dataclass(frozen=True)
class AnswerCell:
    """A cell that the student wrote.

    Attributes:
        language: "python", or "text" for a written answer.
        source: what the student wrote, cut if it is endless.
        printed: what the cell printed or returned, as text.
        images: the figures that it drew.
    """

    language: str
    source: str
    printed: str
    images: tuple[RasterImage, ...]


@dataclass(frozen=True)
class ExerciseReport:
    """One exercise: see :class:`~autograder.feedback.outline.Exercise` for what it asks.

    Attributes:
        exercise: the exercise in the lesson.
        verdict: of all its tests together.
        score: points got.
        max_score: points possible.
        tests: its graded cells.
        answers: the student's answer, and the cells that the student added to it.
        comments: what a person wrote about it.
    """

    exercise: Exercise
    verdict: Verdict
    score: float
    max_score: float
    tests: tuple[CellReport, ...]
    answers: tuple[AnswerCell, ...]
    comments: tuple[str, ...]


@dataclass(frozen=True)
class Report:
    """A whole page.

    Attributes:
        title: the lesson's title.
        grades: what the gradebook says.
        exercises: in the order of the lesson.
        notes: what the grading had to say about the submission as a whole.
    """

    title: str
    grades: SubmissionGrades
    exercises: tuple[ExerciseReport, ...]
    notes: tuple[str, ...]

    @property
    def waiting(self) -> int:
        """How many exercises a person still has to look at."""
        return sum(exercise.verdict is Verdict.WAITING for exercise in self.exercises)


def make_report(
    outline: Outline, grades: SubmissionGrades, notebook: Mapping[str, Any], *, show_tests: bool = False
) -> Report:
    """Put a page together.

    Args:
        outline: the lesson.
        grades: the student's grades.
        notebook: the graded notebook, as the content of its file.
        show_tests: whether to add the tests, hidden ones included, and tracebacks.
    """
    graded = {grade_id: cell for cell in notebook["cells"] if (grade_id := _grade_id(cell))}
    own = _own_cells(outline, notebook["cells"])
    reports = []
    for exercise in outline.exercises:
        tests = tuple(_cell_reports(exercise, grades, graded, show_tests))
        score = sum(test.grade.score for test in tests)
        max_score = sum(test.grade.max_score for test in tests)
        reports.append(
            ExerciseReport(
                exercise,
                _verdict(score, max_score, any(test.grade.is_waiting for test in tests)),
                score,
                max_score,
                tests,
                tuple(_answer_cells(own.get(exercise.number, [])[:_MOST_CELLS])),
                tuple(
                    plain_text(grades.comments[name])
                    for name in dict.fromkeys([exercise.answer, *exercise.graded])
                    if name is not None and name in grades.comments
                ),
            )
        )
    return Report(
        outline.title, grades, tuple(reports), tuple(plain_text(note) for note in notes_of(notebook["metadata"]))
    )


def _cell_reports(
    exercise: Exercise, grades: SubmissionGrades, graded: Mapping[str, Cell], show_tests: bool
) -> Iterable[CellReport]:
    names = [name for name in exercise.graded if name in grades.grades]
    for number, name in enumerate(names, 1):
        grade = grades.grades[name]
        cell = graded.get(name)
        is_test = name != exercise.answer
        lost = grade.score < grade.max_score and is_test and cell is not None
        yield CellReport(
            ("Test" if len(names) == 1 else f"Test {number}") if is_test else "Your answer",
            _verdict(grade.score, grade.max_score, grade.is_waiting),
            grade,
            message_of(cell.get("outputs", ()), show_traceback=show_tests) if lost and cell else None,
            source_of(cell) if show_tests and is_test and cell else "",
        )


def _verdict(score: float, max_score: float, is_waiting: bool) -> Verdict:
    if is_waiting:
        return Verdict.WAITING
    if max_score <= 0:
        return Verdict.UNGRADED
    if score >= max_score:
        return Verdict.FULL
    return Verdict.PART if score > 0 else Verdict.NONE


def _own_cells(outline: Outline, cells: Sequence[Cell]) -> dict[int, list[Cell]]:
    """Return the cells that the student wrote: number of the exercise -> its answer and cells added after it."""
    numbers = {exercise.answer: exercise.number for exercise in outline.exercises if exercise.answer}
    own: dict[int, list[Cell]] = {}
    current = 0
    for cell in cells:
        grade_id = _grade_id(cell)
        if grade_id in numbers:
            current = numbers[grade_id]
            own.setdefault(current, []).append(cell)
        elif not grade_id and current and cell["cell_type"] == "code" and source_of(cell) not in outline.texts:
            own[current].append(cell)
    return own


def _answer_cells(cells: Iterable[Cell]) -> Iterable[AnswerCell]:
    images_left = _MOST_IMAGES
    for cell in cells:
        outputs = cell.get("outputs", ())
        images = [image for image in map(raster_image, outputs) if image is not None][:images_left]
        images_left -= len(images)
        yield AnswerCell(
            "python" if cell["cell_type"] == "code" else "text",
            plain_text(as_typed(cell), _LONGEST_ANSWER, _MOST_ANSWER_LINES).strip("\n"),
            plain_text("".join(map(_printed, outputs)), 2_000, 30).strip("\n"),
            tuple(images),
        )


def _printed(output: Mapping[str, Any]) -> str:
    kind = output["output_type"]
    if kind == "stream":
        return as_text(output.get("text", ""))
    if kind == "error":
        return f"{as_text(output.get('ename', ''))}: {as_text(output.get('evalue', ''))}\n"
    data = output.get("data", {})
    if any(media_type.startswith("image/") for media_type in data):
        return ""
    return as_text(data.get("text/plain", "")) + "\n"


def _grade_id(cell: Cell) -> str | None:
    grade_id: str | None = cell["metadata"].get("nbgrader", {}).get("grade_id")
    return grade_id
