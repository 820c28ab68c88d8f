"""The ``course`` command: exit codes, JSON, help, and what it says when it cannot go on."""

from __future__ import annotations

import json
import re
import shutil

import pytest
import typer
from typer.testing import CliRunner

from autograder.cli import app
from autograder.repository import Repository
from tests.conftest import LESSON

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _inside(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository.root)


def hand_in(repository: Repository, student: str, text: str | None = None) -> None:
    """Hand in the solved notebook, or ``text`` in its place."""
    target = repository.root / "submitted" / student / LESSON / f"{LESSON}.ipynb"
    target.parent.mkdir(parents=True)
    if text is None:
        shutil.copyfile(repository.solution_notebook(LESSON), target)
    else:
        target.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("command", sorted(typer.main.get_command(app).commands))
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = RUN.invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert re.search("Examples?:", result.stdout)
    assert f"course {command}" in result.stdout


def test_grade_lists_what_it_could_not_grade_and_ends_with_1(repository: Repository) -> None:
    hand_in(repository, "ada")
    hand_in(repository, "bob", "{broken")
    result = RUN.invoke(app, ["grade", LESSON, "--json"])
    assert result.exit_code == 1
    ada, bob = json.loads(result.stdout)
    assert (ada["student"], ada["score"], ada["status"]) == ("ada", 2.0, "needs_manual_grading")
    assert bob["status"] == "not_graded"
    assert "not valid JSON" in bob["notes"][0]
    table = RUN.invoke(app, ["grade", LESSON, "--student", "ada"])
    assert table.exit_code == 0
    assert "2 / 4" in table.stdout
    assert "feedback/STUDENT" in table.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["grade", LESSON], "Nothing was handed in"),
        (["grade", "a9_nothing"], "a9_nothing"),
        (["gates", "a9_nothing"], "There is no lesson a9_nothing"),
        (["demo", "a9_nothing"], "a9_nothing"),
        (["demo", "--into", "course"], "is not empty"),
    ],
)
def test_a_wrong_call_is_a_usage_error(arguments: list[str], says: str) -> None:
    result = RUN.invoke(app, arguments)
    assert result.exit_code == 2, result.output
    assert says in result.stderr


def test_lab_says_what_is_missing(repository: Repository) -> None:
    result = RUN.invoke(app, ["lab"])
    assert result.exit_code == 1
    assert "START_HERE.ipynb is missing. Mend: run `course build`." in result.stderr
