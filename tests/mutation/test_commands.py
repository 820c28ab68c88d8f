"""``course bank`` and ``course mutate``: what they print, what they write, and how they end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.lesson import read_lesson
from autograder.mutation.report import read_report
from autograder.repository import Repository
from tests.conftest import LESSON, make_course
from tests.mutation.test_standing import ENTRY, SURVIVOR

RUN = CliRunner()


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    made = make_course(tmp_path)
    monkeypatch.chdir(made.root)
    return made


@pytest.mark.parametrize("command", ["bank", "mutate"])
def test_help_has_examples(command: str) -> None:
    result = RUN.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert "Examples:" in result.stdout
    assert f"course {command}" in result.stdout


@pytest.mark.parametrize("command", ["bank", "mutate"])
def test_a_lesson_that_is_not_there_is_a_usage_error(repository: Repository, command: str) -> None:
    result = RUN.invoke(app, [command, "a9_nothing"])
    assert result.exit_code == 2
    assert "There is no lesson a9_nothing" in result.stderr


@pytest.mark.slow
def test_a_good_bank_and_a_bad_one(repository: Repository) -> None:
    good = RUN.invoke(app, ["bank"])
    assert good.exit_code == 0, good.output
    assert re.search(r"dot +1/1 +3/3", good.stdout)
    wrong = repository.course / LESSON / "answers" / "wrong"
    (wrong / "dot.accepted.py").write_text("# message: Bananas.\ndef dot(a, b):\n    return float(a @ b)\n")
    (wrong / "dot.other.py").write_text("# message: Bananas.\ndef dot(a, b):\n    return a * b\n")
    bad = RUN.invoke(app, ["bank", LESSON])
    assert bad.exit_code == 1
    assert "3/5" in bad.stdout
    assert "misjudged wrong/dot.accepted\na wrong answer passes\nMend: " in bad.stdout
    assert "misjudged wrong/dot.other\nits message 'Bananas.' is not shown" in bad.stdout


@pytest.mark.slow
def test_survivors_are_listed_until_they_are_recorded(repository: Repository) -> None:
    missing = RUN.invoke(app, ["mutate", "--check"])
    assert missing.exit_code == 1
    assert "it is missing. Mend: run `course mutate a1_vectors`." in missing.stdout
    weak = RUN.invoke(app, ["mutate", LESSON])
    assert weak.exit_code == 1, weak.output
    line = "survives course/a1_vectors/lesson.py:29 (dropped call)"
    assert f"{line}\ndot\n  - {SURVIVOR.before}\n  + {SURVIVOR.after}\n" in weak.stdout
    assert "66.7% of the mutants are killed, 97% are wanted. Mend:" in weak.stdout
    report = read_report(read_lesson(repository.course, LESSON))
    assert report.survivors == (SURVIVOR,)
    record = repository.course / LESSON / "answers" / "equivalent.toml"
    record.write_text(ENTRY, encoding="utf-8")
    strong = RUN.invoke(app, ["mutate"])
    assert strong.exit_code == 0, strong.output
    assert "survives" not in strong.stdout
    fresh = RUN.invoke(app, ["mutate", "--check"])
    assert (fresh.exit_code, fresh.stdout) == (0, "Every report is fresh.\n")


@pytest.mark.slow
@pytest.mark.parametrize("command", ["bank", "mutate"])
def test_a_solution_that_fails_is_named(repository: Repository, command: str) -> None:
    path = repository.course / LESSON / "lesson.py"
    path.write_text(path.read_text().replace("products = a * b", "products = a - b"))
    result = RUN.invoke(app, [command])
    assert result.exit_code == 1
    assert f"failed {LESSON}" in result.stdout
    assert "lesson.py:33: the solved lesson fails here" in result.stdout
