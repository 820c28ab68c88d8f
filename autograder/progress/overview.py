"""Everything that the map and the plot show: all lessons, what is done, what comes next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from autograder.curriculum import Part, load_curriculum
from autograder.progress.next_step import NextStep, choose_next
from autograder.progress.record import Event, Kind, summary
from autograder.progress.standing import LessonStanding, lesson_standing
from autograder.repository import Repository


@dataclass(frozen=True)
class Overview:
    """Where a learner stands in the whole course.

    Attributes:
        parts: the parts of the curriculum with their lessons, in order.
        next_step: what to do next; None if everything that is written is done.
        first_passes: when each exercise was first passed, from the oldest to the newest, in UTC.
    """

    parts: tuple[tuple[Part, tuple[LessonStanding, ...]], ...]
    next_step: NextStep | None
    first_passes: tuple[datetime, ...]

    @property
    def lessons(self) -> dict[str, LessonStanding]:
        """All lessons by name, in order."""
        return {lesson.planned.name: lesson for _part, lessons in self.parts for lesson in lessons}

    def passed_by_day(self) -> dict[date, int]:
        """Return how many exercises had been passed at the end of each day on which one was, by local time."""
        return {
            moment.astimezone().date(): number for number, moment in enumerate(self.first_passes, start=1)
        }  # the last one of a day stays


def overview_of(repository: Repository, happened: list[Event]) -> Overview:
    """Return the overview of a checkout.

    Args:
        repository: the checkout.
        happened: everything that the learner did, from the oldest to the newest.

    Raises:
        autograder.curriculum.CurriculumError: if the curriculum cannot be read.
    """
    curriculum = load_curriculum(repository.course)
    progress = summary(happened)
    parts = tuple(
        (
            part,
            tuple(lesson_standing(repository, planned, progress.get(planned.name, {})) for planned in part.lessons),
        )
        for part in curriculum.parts
    )
    there = {
        (lesson.planned.name, exercise.name)
        for _part, lessons in parts
        for lesson in lessons
        for exercise in lesson.exercises
    }
    first: dict[tuple[str, str], datetime] = {}
    for event in happened:
        if event.kind is Kind.CHECK and event.passed and (event.lesson, event.exercise) in there:
            first.setdefault((event.lesson, event.exercise), event.at)
    return Overview(parts, choose_next(repository, curriculum, happened), tuple(sorted(first.values())))
