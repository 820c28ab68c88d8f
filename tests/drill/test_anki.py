"""The Anki package, opened again: a zip archive with an SQLite database."""

from __future__ import annotations

import json
import sqlite3
import warnings
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.curriculum import Curriculum, load_curriculum
from autograder.drill.anki import as_html, write_package
from autograder.drill.questions import Kind, Question, read_all_questions
from autograder.repository import Repository
from tests.conftest import LESSON, ROOT
from tests.drill.specimen import questions_toml


class Package:
    """What Anki would find in the file."""

    def __init__(self, path: Path, folder: Path):
        folder.mkdir(exist_ok=True)
        with zipfile.ZipFile(path) as archive:
            archive.extract("collection.anki2", folder)
        with sqlite3.connect(folder / "collection.anki2") as connection:
            self.notes = {
                fields.split("\x1f")[0]: (guid, model, fields.split("\x1f"), tags.split())
                for guid, model, fields, tags in connection.execute("SELECT guid, mid, flds, tags FROM notes")
            }
            ((models, decks),) = connection.execute("SELECT models, decks FROM col").fetchall()
            self.decks_of_cards = {row[0] for row in connection.execute("SELECT did FROM cards")}
            self.cards = connection.execute("SELECT COUNT(*) FROM cards").fetchone()[0]
        self.models, self.decks = json.loads(models), json.loads(decks)


@pytest.fixture
def package(checkout: Repository, plan: Curriculum, tmp_path: Path) -> Package:
    write_package(read_all_questions(checkout.course, plan), plan, tmp_path / "deck.apkg")
    return Package(tmp_path / "deck.apkg", tmp_path / "first")


def test_every_question_is_a_card_in_its_lessons_deck(package: Package) -> None:
    assert set(package.notes) == {f"{LESSON}/question-{number}" for number in range(12)}
    assert package.cards == 12
    (deck,) = package.decks_of_cards
    assert package.decks[str(deck)]["name"] == "Computer vision interviews::Vectors"


def test_a_note_holds_question_answer_points_and_tags(package: Package) -> None:
    _guid, model, fields, tags = package.notes[f"{LESSON}/question-4"]
    _key, ask, answer, points, lesson, section = fields
    assert "<code>a @ b</code>" in ask and "np" in ask and '<pre class="code">' in ask
    assert "[44]" not in ask and "[44]" in answer.split("Answer 4")[0]
    assert "<strong>sum</strong>" in answer
    assert points.count("<li>") == 2 and "<code>a * b</code>" in points
    assert (lesson, section) == ("Vectors", "The exercise")
    assert set(tags) == {f"lesson::{LESSON}", "part::A", "question::Q02", "kind::predict-the-output"}
    template = package.models[str(model)]["tmpls"][0]
    assert "{{Answer}}" not in template["qfmt"] and "{{Answer}}" in template["afmt"]


def test_ids_are_the_same_in_every_export(
    package: Package, checkout: Repository, plan: Curriculum, tmp_path: Path
) -> None:
    path = checkout.course / LESSON / "questions.toml"
    path.write_text(questions_toml(14).replace("Ask 3", "Ask three"))
    write_package(read_all_questions(checkout.course, plan), plan, tmp_path / "deck.apkg")
    again = Package(tmp_path / "deck.apkg", tmp_path / "second")
    assert again.decks_of_cards == package.decks_of_cards
    assert {key: note[:2] for key, note in again.notes.items() if key in package.notes} == {
        key: note[:2] for key, note in package.notes.items()
    }
    assert len({note[0] for note in again.notes.values()}) == 14
    assert "Ask three" in again.notes[f"{LESSON}/question-3"][2][1]
    # Written down: Anki knows these for ever.
    assert package.notes[f"{LESSON}/question-0"][:2] == ("gA37ki%tW_", 1_763_857_001)
    assert package.decks_of_cards == {1_575_873_686}


def test_html_in_a_question_is_shown_not_obeyed() -> None:
    assert "<script>" not in as_html("a <script>alert(1)</script>\n\n```python\nx = '<b>'\n```\n")
    assert '<pre class="code">a &lt; b\n</pre>' in as_html("```nosuch\na < b\n```")
    assert "<table>" in as_html("| a | b |\n|---|---|\n| 1 | 2 |")


def test_an_export_that_fails_leaves_the_file_of_before(
    checkout: Repository, plan: Curriculum, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out" / "deck.apkg"
    target.parent.mkdir()
    target.write_bytes(b"before")

    def full_disk(self: object, name: str) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("genanki.Package.write_to_file", full_disk)
    with pytest.raises(OSError, match="no space"):
        write_package(read_all_questions(checkout.course, plan), plan, target)
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("deck.apkg", b"before")]


def test_the_command(checkout: Repository, tmp_path: Path) -> None:
    target = tmp_path / "my deck.apkg"
    result = CliRunner().invoke(app, ["drill", LESSON, "--kind", "why", "--export", str(target)])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("3 questions are in ")
    assert len(Package(target, tmp_path / "opened").notes) == 3


def test_the_real_course_exports_without_a_warning(tmp_path: Path) -> None:
    plan = load_curriculum(ROOT / "course")
    questions = read_all_questions(ROOT / "course", plan)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        write_package(questions, plan, tmp_path / "course.apkg")
    notes = Package(tmp_path / "course.apkg", tmp_path / "opened").notes
    assert set(notes) == {question.key for question in questions}
    assert all("```" not in field for note in notes.values() for field in note[2])


def test_a_question_without_a_section(checkout: Repository, plan: Curriculum, tmp_path: Path) -> None:
    plain = Question(LESSON, "plain", Kind.WHAT, "Q01", "ask", "answer", ("one", "two"))
    write_package([plain], plan, tmp_path / "plain.apkg")
    assert Package(tmp_path / "plain.apkg", tmp_path / "opened").notes[plain.key][2][-1] == ""
