"""Read the answers that stand beside a lesson."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.lesson import Lesson

_MESSAGE = "# message: "


class BankError(Exception):
    """An answer file is misplaced or incomplete; the text names it and the mend."""


@dataclass(frozen=True)
class Answer:
    """One answer to one exercise.

    Attributes:
        path: the file, ``answers/{right,wrong}/<exercise>.<slug>.py``.
        exercise: the exercise that it answers.
        is_right: whether it must get full marks.
        message: words that the failure of a wrong answer must contain.
        source: the answer cell.
    """

    path: Path
    exercise: str
    is_right: bool
    message: str
    source: str

    @property
    def label(self) -> str:
        """A short name for tables: ``wrong/top_k.no_sort``."""
        return f"{self.path.parent.name}/{self.path.stem}"


def read_bank(lesson: Lesson) -> list[Answer]:
    """Return every answer of the lesson's bank, right ones first.

    Raises:
        BankError: naming every file that belongs to no exercise or has no message.
    """
    names = {exercise.name for exercise in lesson.exercises if not exercise.is_written}
    answers: list[Answer] = []
    problems: list[str] = []
    for kind in ("right", "wrong"):
        for path in sorted((lesson.folder / "answers" / kind).glob("*.py")):
            exercise = path.name.split(".")[0]
            source = path.read_text(encoding="utf-8")
            message = ""
            if exercise not in names:
                problems.append(f"{path}: there is no exercise {exercise}. Mend: name it <exercise>.<slug>.py.")
            if kind == "wrong":
                first = source.split("\n", 1)[0]
                message = first.removeprefix(_MESSAGE).strip() if first.startswith(_MESSAGE) else ""
                if not message:
                    problems.append(f"{path}:1: no message. Mend: begin with `{_MESSAGE}words the learner must see`.")
            answers.append(Answer(path, exercise, kind == "right", message, source))
    if problems:
        raise BankError("\n".join(problems))
    return answers
