"""``course watch``: follows saves, goes on when an exercise passes, and can be ended at any moment."""

from __future__ import annotations

import os
import pty
import queue
import signal
import subprocess
import termios
import threading
import time
from collections.abc import Iterator

import pytest

from autograder.cli.events import Events, Key, Save, Trouble
from autograder.learner.check_client import SECONDS
from autograder.learner.saves import Saves, answers_in
from autograder.progress.record import progress_of
from autograder.repository import Repository
from tests.conftest import LESSON
from tests.learner.conftest import heed_ctrl_c
from tests.learner.test_check_saved import COURSE, DOT, SHIFTED, write

_SECONDS = 60


class Watching:
    """A running ``course watch`` and what it has printed."""

    def __init__(self, repository: Repository):
        self.process = subprocess.Popen(
            [*COURSE, "watch", "a1"],
            cwd=repository.root,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._text = ""
        self._seen = 0
        threading.Thread(target=self._follow, daemon=True).start()

    def _follow(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._text += line

    def until(self, part: str) -> str:
        """Wait until ``part`` is printed; return what was printed since the last call."""
        deadline = time.monotonic() + _SECONDS
        while part not in self._text[self._seen :]:
            assert time.monotonic() < deadline, f"waited for {part!r}, got:\n{self._text[self._seen :]}"
            time.sleep(0.02)
        time.sleep(0.05)
        new, self._seen = self._text[self._seen :], len(self._text)
        return new

    def press(self, key: str) -> None:
        assert self.process.stdin
        self.process.stdin.write(f"{key}\n")
        self.process.stdin.flush()


@pytest.fixture
def watching(course: Repository) -> Iterator[Watching]:
    watching = Watching(course)
    yield watching
    watching.process.kill()
    watching.process.wait()


def test_it_follows_the_learner_through_the_lesson(course: Repository, watching: Watching) -> None:
    path = course.exercise_notebook(LESSON)
    assert "0 of 2 exercises pass" in watching.until("q quit")
    write(course, dot="def dot(a, b):\n    return a * b")
    assert "You multiplied and did not add." in watching.until("q quit")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])  # half written, in place
    time.sleep(0.5)
    path.unlink()
    time.sleep(0.2)
    path.write_bytes(whole)
    watching.press("h")
    assert "Multiply, then add." in watching.until("The next one: press h")
    watching.press("n")
    assert "shifted: not solved yet" in watching.until("q quit")
    watching.press("n")
    assert "dot: not right yet" in watching.until("q quit")
    write(course, dot=DOT)
    assert "1 of 2 exercises pass" in (said := watching.until("q quit")) and "dot: passed" in said
    assert "shifted: not solved yet" in said
    write(course, shifted=SHIFTED)
    assert "2 of 2 exercises pass" in watching.until("What next?")
    assert watching.process.wait(timeout=20) == 0
    kept = progress_of(LESSON)
    assert kept["dot"].tries == 2 and kept["dot"].hints == 1 and kept["dot"].complete and kept["shifted"].complete


def test_q_ends_it(watching: Watching) -> None:
    watching.until("q quit")
    watching.press("q")
    assert watching.process.wait(timeout=20) == 0


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_terminal_is_left_as_it_was(course: Repository, number: signal.Signals) -> None:
    ours, theirs = pty.openpty()
    before = termios.tcgetattr(ours)
    process = subprocess.Popen(
        [*COURSE, "watch"],
        cwd=course.root,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
        preexec_fn=heed_ctrl_c,
    )
    shown = b""
    deadline = time.monotonic() + _SECONDS
    while b"quit" not in shown:
        assert time.monotonic() < deadline
        shown += os.read(ours, 4096)
    assert termios.tcgetattr(ours)[3] != before[3]
    process.send_signal(number)
    threading.Thread(target=_drain, args=(ours,), daemon=True).start()
    assert process.wait(timeout=20) == 130
    assert termios.tcgetattr(theirs)[3] == before[3]


def _drain(descriptor: int) -> None:
    while True:
        try:
            os.read(descriptor, 4096)
        except OSError:
            return


def test_a_killed_watch_loses_nothing(course: Repository, watching: Watching) -> None:
    write(course, dot="def dot(a, b):\n    while True: pass")
    before = course.exercise_notebook(LESSON).read_bytes()
    time.sleep(1)
    watching.process.kill()
    watching.process.wait()
    assert course.exercise_notebook(LESSON).read_bytes() == before
    assert sorted(path.name for path in course.exercise_notebook(LESSON).parent.iterdir()) == [f"{LESSON}.ipynb"]
    progress_of(LESSON)  # whole


def test_saves_are_noticed_once_and_only_when_whole(course: Repository) -> None:
    path = course.exercise_notebook(LESSON)
    seen: queue.Queue[bytes] = queue.Queue()
    troubles: queue.Queue[str] = queue.Queue()
    saves = Saves(path, seen.put, troubles.put)
    assert saves.start() == path.read_bytes()
    time.sleep(0.3)
    write(course, dot=DOT)
    whole = path.read_bytes()
    assert seen.get(timeout=20) == whole
    path.write_bytes(b'{"cells": [')
    os.utime(path)
    (path.parent / "other.txt").write_text("x")
    time.sleep(0.5)
    assert seen.empty() and troubles.empty()
    assert "not valid JSON: line 1, column 12" in troubles.get(timeout=20)
    path.write_bytes(whole)  # what it held before: that it can be read again is news
    assert seen.get(timeout=20) == whole
    saves.stop()


def test_of_several_saves_the_last_one_counts_and_ends_a_check() -> None:
    events = Events()
    for event in (Key("h"), Save(b"1"), Trouble("half"), Key("n")):
        events.put(event)
    assert not events.end_a_check()
    events.put(Save(b"2"))
    assert events.end_a_check()
    assert [events.get() for _ in range(3)] == [Key("h"), Key("n"), Save(b"2")]
    events.put(Key("q"))
    assert events.end_a_check() and events.get() == Key("q")


def test_an_endless_loop_does_not_keep_it_from_a_new_save(course: Repository, watching: Watching) -> None:
    watching.until("q quit")
    write(course, dot="def dot(a, b):\n    while True: pass")
    time.sleep(1)
    began = time.monotonic()
    write(course, dot=DOT)
    assert "dot: passed" in watching.until("q quit")
    assert time.monotonic() - began < SECONDS / 2
    assert progress_of(LESSON)["dot"].tries == 1


def test_the_texts_of_answers_are_found_in_any_file() -> None:
    cell = b'{"metadata": {"nbgrader": {"grade_id": "a"}}, "source": ["x\\n", "y"]}'
    data = b'{"cells": [1, {}, {"metadata": 3}, {"metadata": {"nbgrader": []}}, ' + cell + b", " + cell + b"]}"
    assert answers_in(data) == {"a": "\0x\ny\0x\ny"}
