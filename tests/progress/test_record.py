"""What is recorded is there, whatever else happens."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from autograder.progress.database import VARIABLE, ProgressUnavailable, database_path, reading, transaction
from autograder.progress.record import Event, ExerciseProgress, Kind, events, progress_of, record
from tests.conftest import ROOT
from tests.progress.conftest import MORNING, Did

_WRITER = """
import sys
from datetime import UTC, datetime
from autograder.progress.record import Event, Kind, record
for number in range(int(sys.argv[2])):
    record(Event("a1", f"{sys.argv[1]}_{number}", Kind.CHECK, datetime.now(UTC)))
    print(number, flush=True)
"""


def writer(name: str, number: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _WRITER, name, str(number)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )


def integrity(path: Path) -> str:
    connection = sqlite3.connect(path)
    try:
        return str(connection.execute("PRAGMA integrity_check").fetchone()[0])
    finally:
        connection.close()


class TestEvents:
    def test_every_field_comes_back(self) -> None:
        check = Event("a1", "top_k", Kind.CHECK, MORNING, True, True, 1.5, 3.0, "a\n“cause”")
        record(check)
        assert events() == [check]

    def test_they_come_in_the_order_of_time_and_of_one_lesson_if_asked(self) -> None:
        for lesson, minutes in (("a1", 2), ("b1", 1), ("a1", 0)):
            record(Event(lesson, "x", Kind.HINT, MORNING + timedelta(minutes=minutes)))
        assert [(e.lesson, e.at.minute) for e in events()] == [("a1", 0), ("b1", 1), ("a1", 2)]
        assert [(e.lesson, e.at.minute) for e in events("a1")] == [("a1", 0), ("a1", 2)]

    def test_times_are_kept_in_utc(self) -> None:
        record(Event("a1", "x", Kind.HINT, datetime(2026, 3, 2, 1, 0, tzinfo=timezone(timedelta(hours=5)))))
        kept = events()[0].at
        assert (kept.isoformat(), kept.tzinfo) == ("2026-03-01T20:00:00+00:00", UTC)

    def test_a_time_without_zone_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            Event("a1", "x", Kind.HINT, datetime(2026, 3, 2))

    def test_reading_makes_no_file(self, progress_file: Path) -> None:
        assert (events(), progress_of("a1")) == ([], {})
        assert not progress_file.parent.exists()

    def test_a_file_with_tables_of_others_only_has_no_events(self) -> None:
        with transaction("CREATE TABLE IF NOT EXISTS cards (id TEXT)"):
            pass
        assert events() == []


class TestProgress:
    def test_it_adds_up(self, did: Did) -> None:
        did("a1", "top_k", kind=Kind.HINT)
        did("a1", "top_k", kind=Kind.HINT)
        did("a1", "top_k", passed=False)
        did("a1", "top_k", complete=False)
        did("a1", "other", kind=Kind.SOLUTION)
        minute = timedelta(minutes=1)
        assert progress_of("a1") == {
            "top_k": ExerciseProgress(2, True, False, 2, 2, 2, False, MORNING + 3 * minute),
            "other": ExerciseProgress(saw_solution=True, last=MORNING + 4 * minute),
        }

    def test_a_later_failure_takes_nothing_away(self, did: Did) -> None:
        did("a1", "top_k")
        did("a1", "top_k", passed=False)
        found = progress_of("a1")["top_k"]
        assert (found.tries, found.passed, found.complete, found.points) == (2, True, True, 2)

    def test_points_follow_a_lesson_that_is_worth_less_now(self) -> None:
        record(Event("a1", "x", Kind.CHECK, MORNING, True, True, 5, 5))
        record(Event("a1", "x", Kind.CHECK, MORNING, True, True, 3, 3))
        found = progress_of("a1")["x"]
        assert (found.points, found.best) == (3, 3)

    def test_a_pass_without_the_hidden_tests_of_one_check_and_a_failure_with_them_is_not_complete(
        self, did: Did
    ) -> None:
        did("a1", "x", passed=True, complete=False)
        did("a1", "x", passed=False, complete=True)
        assert not progress_of("a1")["x"].complete


class TestRobustness:
    def test_processes_that_write_at_once_lose_nothing(self, progress_file: Path) -> None:
        writers = [writer(name, 15) for name in "abcd"]
        assert [process.communicate(timeout=60) and process.returncode for process in writers] == [0] * 4
        assert {e.exercise for e in events()} == {f"{name}_{n}" for name in "abcd" for n in range(15)}
        assert integrity(progress_file) == "ok"

    def test_a_killed_process_loses_nothing_that_it_had_recorded(self, progress_file: Path) -> None:
        for attempt in range(3):
            process = writer(f"k{attempt}", 100_000)
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.05 * attempt)
            process.send_signal(signal.SIGKILL)
            told = 1 + len(process.communicate()[0].splitlines())
            kept = sum(e.exercise.startswith(f"k{attempt}_") for e in events())
            assert told <= kept <= told + 1  # killed between the commit and the print
        assert integrity(progress_file) == "ok"

    def test_a_process_killed_inside_a_transaction_leaves_what_was_there(self, progress_file: Path, did: Did) -> None:
        did("a1", "x")
        # So many rows that SQLite writes to the file before the commit: the next one to open it must roll back.
        code = """
import os, signal
from autograder.progress.database import transaction
with transaction("") as connection:
    connection.execute("PRAGMA cache_size = 5")
    row = ("a1", "y", "check", "2026-03-02T00:00:00+00:00", 0, 0, 0.0, 0.0, "n" * 500)
    for _ in range(2000):
        connection.execute("INSERT INTO exercise_events VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    os.kill(os.getpid(), signal.SIGKILL)
"""
        assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == -signal.SIGKILL
        assert progress_file.with_name(f"{progress_file.name}-journal").exists()
        assert [e.exercise for e in events()] == ["x"]
        assert integrity(progress_file) == "ok"

    def test_an_error_of_the_caller_takes_its_writes_back(self, did: Did) -> None:
        did("a1", "x")
        with pytest.raises(RuntimeError, match="mine"), transaction("") as connection:
            connection.execute("DELETE FROM exercise_events")
            raise RuntimeError("mine")
        assert len(events()) == 1

    def test_an_error_of_the_caller_is_not_taken_for_one_of_the_file(self) -> None:
        with pytest.raises(FileNotFoundError), transaction(""):
            Path("no such file").read_text()

    def test_a_damaged_file_is_named_and_left_as_it_is(self, progress_file: Path, did: Did) -> None:
        progress_file.parent.mkdir()
        progress_file.write_bytes(b"not a database" * 1000)
        for action in (events, lambda: did("a1", "x")):
            with pytest.raises(ProgressUnavailable, match=r"progress\.sqlite3.*Mend: move the file away"):
                action()
        assert progress_file.read_bytes() == b"not a database" * 1000

    def test_a_file_with_damaged_pages_is_named(self, progress_file: Path) -> None:
        record(Event("a1", "x", Kind.CHECK, MORNING, note="long" * 10_000))
        data = bytearray(progress_file.read_bytes())
        data[4096:] = os.urandom(len(data) - 4096)
        progress_file.write_bytes(data)
        with pytest.raises(ProgressUnavailable, match="Mend: move the file away"):
            events()

    def test_a_newer_file_is_refused_and_left_as_it_is(self, progress_file: Path, did: Did) -> None:
        did("a1", "x")
        connection = sqlite3.connect(progress_file)
        connection.execute("PRAGMA user_version = 99")
        connection.close()
        before = progress_file.read_bytes()
        for action in (events, lambda: did("a1", "x")):
            with pytest.raises(ProgressUnavailable, match="newer version.*Mend: update the course"):
                action()
        assert progress_file.read_bytes() == before

    def test_a_file_that_another_program_holds_is_named(self, did: Did, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("autograder.progress.database._WAIT_SECONDS", 0.1)
        did("a1", "x")
        with transaction(""), pytest.raises(ProgressUnavailable, match="locked.*Mend: end the other program"):
            did("a1", "y")
        assert len(events()) == 1

    @pytest.mark.skipif(os.getuid() == 0, reason="root may write everywhere")
    def test_a_folder_that_cannot_be_written_is_named(self, progress_file: Path, did: Did) -> None:
        did("a1", "x")
        progress_file.chmod(0o400)
        progress_file.parent.chmod(0o500)
        try:
            assert len(events()) == 1
            with pytest.raises(ProgressUnavailable, match="Mend: make the file and its folder readable and writable"):
                did("a1", "y")
        finally:
            progress_file.parent.chmod(0o700)

    def test_a_folder_that_cannot_be_made_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, did: Did
    ) -> None:
        (tmp_path / "file").write_text("")
        monkeypatch.setenv(VARIABLE, str(tmp_path / "file" / "progress.sqlite3"))
        with pytest.raises(ProgressUnavailable, match=f"Mend: .*{VARIABLE}"):
            did("a1", "x")
        assert events() == []


class TestPlace:
    def test_it_is_in_the_users_data_folder(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.delenv(VARIABLE)
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.delenv("XDG_DATA_HOME", raising=False)
        path = database_path()
        assert path.is_relative_to(tmp_path)
        assert path.parts[-2:] == ("cv-interview-course", "progress.sqlite3")

    def test_a_relative_path_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv(VARIABLE, "progress.sqlite3")
        with pytest.raises(ProgressUnavailable, match=f"{VARIABLE}=progress.sqlite3 .*Mend"), reading("x"):
            pass

    def test_a_name_with_odd_characters_is_no_trouble(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, did: Did
    ) -> None:
        path = tmp_path / "50% of? my #1 Dätä" / "p.sqlite3"
        monkeypatch.setenv(VARIABLE, str(path))
        did("a1", "x")
        assert (path.is_file(), len(events())) == (True, 1)
