"""What a learner meets in the notebook: the magics, in a real IPython shell."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder import UNATTENDED
from autograder.progress.record import progress_of
from autograder.repository import Repository
from tests.check.conftest import Notebook
from tests.conftest import LESSON

SET_UP = "import numpy as np\nfrom autograder.expect import expect"
RIGHT = "def dot(a, b):\n    return float(a @ b)"
WRONG = "def dot(a, b):\n    return a * b"


@pytest.fixture
def notebook(shell: Notebook, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Notebook:
    monkeypatch.chdir(repository.exercises / LESSON)
    shell.run(f"%load_ext autograder\n%lesson {LESSON}", SET_UP)
    return shell


def test_a_wrong_answer_a_hint_and_a_right_one(notebook: Notebook) -> None:
    notebook.run(WRONG)
    text = notebook.ask("%check dot")
    assert "You multiplied and did not add." in text
    assert "%hint dot" in text
    assert "Hint 1: idea" in notebook.ask("%hint dot")
    notebook.run(RIGHT)
    text = notebook.ask("%check dot")
    assert "✓ dot: passed, 2 of 2 points." in text
    assert "In this lesson: 1 of 1 exercise, 2 of 2 points." in text
    assert "Last, in words: Exercise: explain" in text
    kept = progress_of(LESSON)["dot"]
    assert (kept.tries, kept.passed, kept.complete, kept.points, kept.hints) == (2, True, True, 2.0, 1)


def test_a_check_carries_text_and_a_panel_once(notebook: Notebook) -> None:
    notebook.run(RIGHT)
    outputs = notebook.ask_rich("%check dot")
    assert [set(data) for data in outputs] == [{"text/plain", "text/html"}]


def test_what_is_not_tried_is_not_counted(notebook: Notebook) -> None:
    assert "Run your answer cell first" in notebook.ask("%check dot")
    notebook.run("def dot(a, b):\n    raise NotImplementedError()")
    assert "not solved yet" in notebook.ask("%check dot")
    assert progress_of(LESSON) == {}


def test_hints_come_one_by_one_and_the_last_stays(notebook: Notebook) -> None:
    texts = [notebook.ask("%hint dot") for _ in range(4)]
    assert ["Hint 2" in text for text in texts] == [False, True, True, True]
    assert "2 more" in texts[0]
    assert all("%solution dot" in text for text in texts[2:])
    assert progress_of(LESSON)["dot"].hints == 3


def test_the_solution_comes_only_when_confirmed(notebook: Notebook) -> None:
    assert "products" not in notebook.ask("%solution dot")
    assert progress_of(LESSON) == {}
    [data] = notebook.ask_rich("%solution dot yes")
    assert "products = a * b" in data["text/plain"]
    assert "```python\ndef dot" in data["text/markdown"]
    assert "BEGIN" not in data["text/plain"]
    assert progress_of(LESSON)["dot"].saw_solution
    assert "An array with one axis." in notebook.ask("%solution explain yes")


def test_the_lesson_at_a_glance_and_all_of_it_checked(notebook: Notebook) -> None:
    assert "not tried yet" in notebook.ask("%check")
    notebook.run(WRONG)
    text = notebook.ask("%check all")
    assert "0 of 1 exercises with code pass now." in text
    assert "You multiplied" in text
    assert "tried 1 time" in notebook.ask("%check")


def test_an_unknown_name_lists_the_nearest_first(notebook: Notebook, capsys: pytest.CaptureFixture[str]) -> None:
    text = notebook.ask_wrongly("%check dto", capsys)
    assert "There is no exercise dto. Did you mean dot? This lesson has dot, explain." in text
    assert "Name an exercise" in notebook.ask_wrongly("%hint", capsys)


def test_progress_that_cannot_be_kept_costs_one_line(notebook: Notebook, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_PROGRESS", "/dev/null/progress.sqlite3")
    notebook.run(RIGHT)
    texts = [data["text/plain"] for data in notebook.ask_rich("%check dot")]
    assert len(texts) == 2
    assert texts[0].startswith("Your progress was not kept: ")
    assert "Mend:" in texts[0]
    assert texts[1].startswith("✓ dot: passed")


def test_in_a_copy_without_the_course_the_visible_tests_run(
    shell: Notebook,
    repository: Repository,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    handed_out = tmp_path / "handed out"
    handed_out.mkdir()
    shutil.copyfile(repository.exercise_notebook(LESSON), handed_out / "My name.ipynb")
    monkeypatch.chdir(handed_out)
    shell.run(f"%load_ext autograder\n%lesson {LESSON}", SET_UP, RIGHT)
    text = shell.ask("%check dot")
    assert "✓ dot: the visible tests pass, 2 of 2 points." in text
    assert "Hidden tests are not available here" in text
    assert "Hint 1: idea" in shell.ask("%hint dot")
    assert "not in this copy" in shell.ask_wrongly("%solution dot", capsys)
    (handed_out / "My name.ipynb").unlink()
    assert "Mend: keep the notebook in its folder" in shell.ask_wrongly("%check dot", capsys)


def test_without_the_lesson_cell_the_folder_says_which_lesson_it_is(notebook: Notebook) -> None:
    notebook.run("%lesson", RIGHT)
    assert "✓ dot: passed" in notebook.ask("%check dot")


def test_where_nobody_looks_the_magics_do_nothing(
    shell: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(UNATTENDED, "1")
    monkeypatch.chdir(tmp_path)
    shell.run("%load_ext autograder\n%lesson nothing")
    for magic in ("%check dot", "%check", "%hint dot", "%solution dot yes", "%progress", "%drill 5"):
        assert shell.ask_rich(magic) == []
    assert not (tmp_path / "progress.sqlite3").exists()
