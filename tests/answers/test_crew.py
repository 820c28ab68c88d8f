"""A crew tries every answer, whatever an answer does to the process that tries it."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from autograder.answers import crew as crew_module
from autograder.answers.crew import Attempt, Crew
from autograder.answers.rehearsal import RehearsalError
from autograder.lesson import Lesson, read_lesson
from tests.conftest import LESSON, make_course

RIGHT = "def dot(a, b):\n    return float(a @ b)\n"
WRONG = "def dot(a, b):\n    return a * b\n"


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    return read_lesson(make_course(tmp_path_factory.mktemp("crew")).course, LESSON)


@pytest.fixture(scope="module")
def crew(lesson: Lesson) -> Iterator[Crew]:
    with Crew(lesson, 1) as made:
        yield made


def texts(crew: Crew, *answers: str, seconds: float = 30.0) -> list[str]:
    """Return the message of each answer, "" for one that passes."""
    return [outcome.verdict.text for outcome in crew.try_all([Attempt("dot", source, seconds) for source in answers])]


def test_outcomes_come_in_the_order_of_the_attempts(crew: Crew) -> None:
    steps: list[tuple[int, int]] = []
    attempts = [Attempt("dot", source) for source in (WRONG, RIGHT, WRONG, RIGHT)]
    outcomes = crew.try_all(attempts, lambda done, total: steps.append((done, total)))
    assert [outcome.verdict.passed for outcome in outcomes] == [False, True, False, True]
    assert "You multiplied and did not add." in outcomes[0].verdict.text
    assert all(outcome.seconds > 0 for outcome in outcomes)
    assert steps == [(1, 4), (2, 4), (3, 4), (4, 4)]
    assert crew.try_all([]) == []


def test_several_processes_share_the_work(lesson: Lesson) -> None:
    with Crew(lesson, 2) as crew:
        assert [bool(text) for text in texts(crew, *[WRONG, RIGHT] * 10)] == [True, False] * 10


def test_an_answer_that_kills_its_process_fails_and_the_others_are_tried(crew: Crew) -> None:
    dies = "import os\ndef dot(a, b):\n    os._exit(3)\n"
    assert texts(crew, dies, RIGHT) == ["its process died (exit code 3)", ""]


def test_an_endless_loop_fails(crew: Crew) -> None:
    loops = "def dot(a, b):\n    while True:\n        pass\n"
    text, after = texts(crew, loops, RIGHT, seconds=0.5)
    assert "took longer than 0.5 s" in text
    assert after == ""


def test_an_endless_loop_that_hears_no_alarm_fails(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew_module, "_PATIENCE_SECONDS", 0.5)
    deaf = (
        "import signal\ndef dot(a, b):\n    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGALRM])\n"
        "    while True:\n        pass\n"
    )
    assert texts(crew, deaf, seconds=0.5) == ["it did not end in time"]
    assert texts(crew, RIGHT) == [""]


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel of macOS enforces no limit on mapped memory")
def test_memory_without_end_fails(crew: Crew) -> None:
    hungry = f"def dot(a, b):\n    np.zeros(2**36, np.uint8)\n{RIGHT.splitlines()[1]}\n"
    [text] = texts(crew, hungry)
    assert "MemoryError" in text


def test_a_lesson_that_fails_is_named(tmp_path) -> None:
    repository = make_course(tmp_path)
    path = repository.course / LESSON / "lesson.py"
    path.write_text(path.read_text(encoding="utf-8").replace("import numpy as np\n", "import numpy as np\n1 / 0\n"))
    with Crew(read_lesson(repository.course, LESSON), 1) as crew, pytest.raises(RehearsalError, match="lesson.py:6"):
        texts(crew, RIGHT)
