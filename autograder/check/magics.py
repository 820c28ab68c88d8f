"""The magics of a lesson's notebook: ``%check``, ``%hint``, ``%solution``, and those that other parts show."""

from __future__ import annotations

import contextlib
import difflib
from datetime import UTC, datetime
from pathlib import Path

from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.magic import Magics, line_magic, magics_class
from IPython.display import display

from autograder.check.follow_up import keep, with_next_step, with_standing
from autograder.check.lesson_tests import ExerciseTests, LessonTests, NoTests, find_tests
from autograder.check.overview import (
    Overview,
    overview_as_html,
    overview_as_text,
    overview_of,
    row_of_progress,
    row_of_report,
)
from autograder.check.place import lesson_of, notebook_path, repository_of
from autograder.check.report import Report, State, anchor_of, as_html, as_text
from autograder.check.runner import check_exercise
from autograder.learner.hint_stage import next_hint
from autograder.learner.hints import Hint, hints_in, without_marks
from autograder.progress.record import Event, Kind, ProgressUnavailable, progress_of, record

_ALL = "all"
_YES = "yes"


@magics_class
class LessonMagics(Magics):
    """What a learner may ask for in the notebook of a lesson."""

    def __init__(self, shell: InteractiveShell):
        super().__init__(shell)
        self._names = shell.user_ns
        self._lesson = ""
        self._hints_shown: dict[tuple[str, str], int] = {}

    @line_magic
    def lesson(self, line: str) -> None:
        """Say which lesson this notebook is: ``%lesson a1_numpy_arrays``, in its first code cell."""
        self._lesson = _words(line)[0] if _words(line) else ""
        with contextlib.suppress(UsageError):  # `%check` says it
            _ = self._tests().given_names  # read now, so that the first check is quick

    @line_magic
    def check(self, line: str) -> None:
        """Check an exercise: ``%check NAME``. ``%check`` shows the whole lesson, ``%check all`` checks all of it."""
        tests = self._tests()
        asked = _words(line)
        if not asked:
            self._show_recorded(tests)
        elif asked == [_ALL]:
            self._check_all(tests)
        else:
            self._check_one(tests, _named(tests, asked[0]))

    @line_magic
    def hint(self, line: str) -> None:
        """Show the next hint of an exercise: ``%hint NAME``, and again for the one after it."""
        tests = self._tests()
        exercise = _asked_for(tests, line, "hint")
        hints = hints_in(exercise.hints)
        if not hints:
            _say(f"`{exercise.name}` has no hints. `%solution {exercise.name}` shows a model answer.")
            return
        place = tests.lesson, exercise.name
        stage = next_hint(*place, hints, self._hints_shown.get(place, 0))
        if stage.trouble:
            _warn(stage.trouble)
        self._hints_shown[place] = stage.number or stage.total
        _show_hint(exercise, hints[: self._hints_shown[place]], stage.total)

    @line_magic
    def solution(self, line: str) -> None:
        """Show the reference solution of an exercise: ``%solution NAME``, which asks first."""
        tests = self._tests()
        exercise = _asked_for(tests, line, "solution")
        if not exercise.answer:
            raise UsageError(f"The solution of {exercise.name} is not in this copy of the course.")
        if _words(line)[1:] != [_YES]:
            _say(
                f"This shows the solution of `{exercise.name}`. You learn more if you try once more, or read a hint: "
                f"`%hint {exercise.name}`. To see it now, run `%solution {exercise.name} {_YES}`."
            )
            return
        _keep(Event(tests.lesson, exercise.name, Kind.SOLUTION, datetime.now(UTC)))
        _show_solution(exercise)

    @line_magic
    def progress(self, line: str) -> None:
        """Show the whole course and how far you are."""
        from autograder.progress.magic import show_progress

        show_progress()

    @line_magic
    def drill(self, line: str) -> None:
        """Ask interview questions: ``%drill``, or with the options of ``course drill``."""
        from autograder.drill.widget import show_drill

        show_drill(line)

    def _tests(self) -> LessonTests:
        """Return the tests of this notebook's lesson.

        Raises:
            UsageError: if they are nowhere; IPython shows its text.
        """
        folder = Path.cwd()
        lesson = self._lesson or lesson_of(self._names, folder)
        repository = repository_of(lesson, folder)
        if repository is not None:
            return _find(lesson, repository.course, None)
        notebook = notebook_path(lesson, self._names, folder)
        repository = repository_of(lesson, notebook)
        return _find(lesson, repository.course if repository else None, notebook)

    def _check_one(self, tests: LessonTests, exercise: ExerciseTests) -> None:
        report = with_next_step(check_exercise(tests, exercise.name, self._names))
        try:
            keep(report)
            report = with_standing(report, tests)
        except ProgressUnavailable as unavailable:
            _warn(str(unavailable))
        _display(as_text(report), as_html(report))

    def _check_all(self, tests: LessonTests) -> None:
        reports: list[Report] = []
        for exercise in tests.exercises:
            report = check_exercise(tests, exercise.name, self._names)
            reports.append(report)
            if report.state is State.STOPPED:
                break
        try:
            for report in reports:
                keep(report)
        except ProgressUnavailable as unavailable:
            _warn(str(unavailable))
        rows = tuple(
            row_of_report(exercise, report) for exercise, report in zip(tests.exercises, reports, strict=False)
        )
        passed, judged = sum(report.passed for report in reports), sum(not e.is_written for e in tests.exercises)
        _show(overview_of(tests, rows, f"{passed} of {judged} exercises with code pass now."))
        first = next((report for report in reports if report.state in (State.FAILED, State.STOPPED)), None)
        if first is not None:
            first = with_next_step(first)
            _display(as_text(first), as_html(first))

    def _show_recorded(self, tests: LessonTests) -> None:
        try:
            progress = progress_of(tests.lesson)
        except ProgressUnavailable as unavailable:
            _warn(str(unavailable))
            progress = {}
        rows = tuple(row_of_progress(exercise, progress.get(exercise.name)) for exercise in tests.exercises)
        _show(overview_of(tests, rows, "This is what your checks found. `%check all` checks everything now."))


def _find(lesson: str, course: Path | None, notebook: Path | None) -> LessonTests:
    try:
        return find_tests(lesson, course, notebook)
    except NoTests as missing:
        raise UsageError(str(missing)) from None


def _words(line: str) -> list[str]:
    return line.partition("#")[0].split()


def _asked_for(tests: LessonTests, line: str, magic: str) -> ExerciseTests:
    if not _words(line):
        names = ", ".join(exercise.name for exercise in tests.exercises)
        raise UsageError(f"Name an exercise: %{magic} NAME. This lesson has {names}.")
    return _named(tests, _words(line)[0])


def _named(tests: LessonTests, name: str) -> ExerciseTests:
    name = name.strip("'\"`(),;")
    try:
        return tests.exercise(name)
    except KeyError:
        names = [exercise.name for exercise in tests.exercises]
        near = difflib.get_close_matches(name, names, len(names), cutoff=0.4)
        in_order = [*near, *(other for other in names if other not in near)]
        guess = f" Did you mean {near[0]}?" if near else ""
        raise UsageError(f"There is no exercise {name}.{guess} This lesson has {', '.join(in_order)}.") from None


def _show_hint(exercise: ExerciseTests, hints: tuple[Hint, ...], total: int) -> None:
    """Show the last of ``hints``, and folded those before it, which the learner has seen."""
    hint, left = hints[-1], total - len(hints)
    after = (
        f"Run this again for the next hint, {left} more."
        if left
        else f"That was the last hint. `%solution {exercise.name}` shows the solution."
    )
    earlier = "\n\n".join(f"**{each.title}**\n\n{each.text}" for each in hints[:-1])
    folded = f"<details><summary>Earlier hints</summary>\n\n{earlier}\n\n</details>\n\n" if earlier else ""
    text = "\n\n".join([*(f"{each.title}\n{each.text}" for each in hints), after])
    _display_markdown(text, f"**{hint.title}**\n\n{hint.text}\n\n{folded}*{after}*")


def _show_solution(exercise: ExerciseTests) -> None:
    solution = without_marks(exercise.answer)
    title, section = f"A solution of {exercise.name}", exercise.section
    if exercise.is_written:
        title, body = f"A model answer for {exercise.name}", solution
    else:
        longest = max((len(run) for run in solution.split() if set(run) == {"`"}), default=0)
        fence = "`" * max(3, longest + 1)
        body = f"{fence}python\n{solution}\n{fence}"
    linked = f"\n\nExplained in [{section}](<{anchor_of(section)}>)." if section else ""
    plain = f"\n\nExplained in: {section}." if section else ""
    _display_markdown(f"{title}\n\n{solution}{plain}", f"**{title}**\n\n{body}{linked}")


def _say(text: str) -> None:
    _display_markdown(text, text)


def _show(overview: Overview) -> None:
    _display(overview_as_text(overview), overview_as_html(overview))


def _display(text: str, html: str) -> None:
    display({"text/plain": text, "text/html": html}, raw=True)


def _display_markdown(text: str, markdown: str) -> None:
    display({"text/plain": text, "text/markdown": markdown}, raw=True)


def _keep(event: Event) -> None:
    try:
        record(event)
    except ProgressUnavailable as unavailable:
        _warn(str(unavailable))


def _warn(trouble: str) -> None:
    _say(f"Your progress was not kept: {trouble}")
