"""One sitting of questions, without any input or output: the terminal and the widget both show this."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum, auto

from autograder.drill.questions import Question
from autograder.drill.schedule import Card, Rating, intervals, reviewed, suggested_rating

Clock = Callable[[], datetime]


def now() -> datetime:
    """Return the time in UTC."""
    return datetime.now(UTC)


class Step(Enum):
    """Where a sitting is."""

    READY = auto()
    ASKED = auto()
    REVEALED = auto()
    OVER = auto()


@dataclass(frozen=True)
class Review:
    """One question, answered and assessed by the learner.

    Attributes:
        key: ``lesson/id`` of the question.
        at: when it was assessed, in UTC.
        rating: how well the answer was known.
        had: number of key points that the learner's answer had.
        of: number of key points.
        seconds: time from the question to the answer's display.
        is_mock: whether it was asked in a mock interview.
    """

    key: str
    at: datetime
    rating: Rating
    had: int
    of: int
    seconds: float
    is_mock: bool


@dataclass(frozen=True)
class LessonResult:
    """How a lesson's questions went.

    Attributes:
        lesson: its folder name.
        asked: number of questions.
        had: key points that the answers had.
        of: key points in all.
        sections: headings to reread, those of the questions that lacked a point.
    """

    lesson: str
    asked: int
    had: int
    of: int
    sections: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of the key points, 0 to 1."""
        return self.had / self.of


@dataclass(frozen=True)
class Summary:
    """How a sitting went: each question counts as it was answered first.

    Attributes:
        lessons: results by lesson, the weakest first.
        seconds: thinking time of all answers.
        over_time: number of answers that took longer than allowed.
    """

    lessons: tuple[LessonResult, ...]
    seconds: float
    over_time: int

    @property
    def asked(self) -> int:
        """Number of questions."""
        return sum(result.asked for result in self.lessons)

    @property
    def had(self) -> int:
        """Key points that the answers had."""
        return sum(result.had for result in self.lessons)

    @property
    def of(self) -> int:
        """Key points in all."""
        return sum(result.of for result in self.lessons)


class Session:
    """Questions one after the other: asked, then revealed, then assessed.

    In a drill, a question that was rated "again" comes once more at the end. In a mock interview every question comes
    once, and the ratings follow from the key points.
    """

    def __init__(
        self,
        questions: Sequence[Question],
        cards: Mapping[str, Card],
        *,
        is_mock: bool = False,
        seconds: float | None = None,
        minutes: float | None = None,
        clock: Clock = now,
    ):
        """Prepare the sitting; no time runs before :meth:`begin`.

        Args:
            questions: what is asked, in order.
            cards: the state of the questions that were rated before, by key.
            is_mock: whether it is a mock interview.
            seconds: time for each answer; it only counts those that took longer.
            minutes: after this time no further question is asked.
            clock: tells the time, in UTC.
        """
        self.is_mock = is_mock
        self.seconds = seconds
        self._questions = list(questions)
        self._cards = dict(cards)
        self._minutes = minutes
        self._clock = clock
        self._position = -1
        self._began = self._asked_at = clock()
        self._thought = 0.0
        self._reviews: list[tuple[Question, Review]] = []
        self._step = Step.READY if questions else Step.OVER

    @property
    def step(self) -> Step:
        """Where the sitting is."""
        return self._step

    @property
    def question(self) -> Question:
        """The question that is asked now; raises :class:`RuntimeError` before the first and after the last."""
        if self._step not in (Step.ASKED, Step.REVEALED):
            raise RuntimeError(f"The sitting is at {self._step.name}: there is no question.")
        return self._questions[self._position]

    @property
    def number(self) -> int:
        """The question's number in this sitting, from 1."""
        return self._position + 1

    @property
    def total(self) -> int:
        """Number of questions as far as it is known now; it grows when a question has to come again."""
        return len(self._questions)

    @property
    def thinking_seconds(self) -> float:
        """Time since the question was asked, or the time that it took once the answer is shown."""
        if self._step is Step.ASKED:
            return (self._clock() - self._asked_at).total_seconds()
        return self._thought

    @property
    def reviews(self) -> tuple[Review, ...]:
        """Everything that was assessed in this sitting."""
        return tuple(review for _question, review in self._reviews)

    def begin(self) -> None:
        """Ask the first question: from now on time runs."""
        self._expect(Step.READY)
        self._began = self._clock()
        self._advance()

    def reveal(self) -> None:
        """Stop thinking: the answer may be shown."""
        self._expect(Step.ASKED)
        self._thought = self.thinking_seconds
        self._step = Step.REVEALED

    def suggested(self, ticked: Collection[int]) -> Rating:
        """Return the rating that fits the key points (their positions, from 0) that are ticked."""
        return suggested_rating(len(set(ticked)), len(self.question.points))

    def intervals(self) -> dict[Rating, timedelta]:
        """Return for each rating how long the question would stay away."""
        return intervals(self._cards.get(self.question.key), self._clock())

    def assess(self, ticked: Collection[int], rating: Rating | None = None) -> Review:
        """Take the learner's assessment of the answer and go on to the next question.

        Args:
            ticked: positions of the key points that the answer had, from 0.
            rating: how well it was known; what the key points suggest if None.

        Returns:
            What has to be kept.
        """
        self._expect(Step.REVEALED)
        question = self.question
        rating = self.suggested(ticked) if rating is None else rating
        review = Review(
            question.key,
            self._clock(),
            rating,
            len(set(ticked)),
            len(question.points),
            self._thought,
            self.is_mock,
        )
        self._reviews.append((question, review))
        self._cards[question.key] = reviewed(self._cards.get(question.key), rating, review.at)
        if rating is Rating.Again and not self.is_mock:
            self._questions.append(question)
        self._advance()
        return review

    def end(self) -> None:
        """Stop here; what was assessed stays."""
        self._step = Step.OVER

    def summary(self) -> Summary:
        """Return how it went so far."""
        first: dict[str, tuple[Question, Review]] = {}
        for question, review in self._reviews:
            first.setdefault(question.key, (question, review))
        by_lesson: dict[str, list[tuple[Question, Review]]] = {}
        for question, review in first.values():
            by_lesson.setdefault(question.lesson, []).append((question, review))
        results = [_lesson_result(lesson, answered) for lesson, answered in by_lesson.items()]
        return Summary(
            tuple(sorted(results, key=lambda result: result.share)),
            sum(review.seconds for _question, review in first.values()),
            sum(self.seconds is not None and review.seconds > self.seconds for _question, review in first.values()),
        )

    def _advance(self) -> None:
        is_time_up = self._minutes is not None and self._clock() - self._began >= timedelta(minutes=self._minutes)
        if is_time_up or self._position + 1 >= len(self._questions):
            self._step = Step.OVER
            return
        self._position += 1
        self._asked_at = self._clock()
        self._step = Step.ASKED

    def _expect(self, step: Step) -> None:
        if self._step is not step:
            raise RuntimeError(f"The sitting is at {self._step.name}, not at {step.name}.")


def _lesson_result(lesson: str, answered: list[tuple[Question, Review]]) -> LessonResult:
    lacking = [question.section for question, review in answered if review.had < review.of and question.section]
    return LessonResult(
        lesson,
        len(answered),
        sum(review.had for _question, review in answered),
        sum(review.of for _question, review in answered),
        tuple(dict.fromkeys(lacking)),
    )
