"""Reset and update on disk: nothing of the learner's is lost, whatever state the files are in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell

from autograder.learner import notebook as notebook_module
from autograder.learner.notebook import NotebookProblem, back_up, read_saved, replace
from autograder.learner.pull import PullProblem, pull
from autograder.learner.reset import reset_exercise, reset_lesson
from autograder.learner.update import update_lesson
from autograder.repository import Repository
from tests.conftest import LESSON
from tests.learner.conftest import TWO_EXERCISES, opened, release, save
from tests.learner.edits import cell_of, released, solve

ANSWER = "def dot(a, b):\n    return float(a @ b)"
STATEMENT = "# Return the dot product of two vectors.\n"


def work(repository: Repository) -> bytes:
    """Solve an exercise and add a cell; return the file."""
    notebook = solve(opened(repository), "dot", ANSWER)
    notebook.cells.append(new_code_cell("mine = 1"))
    save(repository, notebook)
    return repository.exercise_notebook(LESSON).read_bytes()


def change_source(repository: Repository, text: str = "# Return their dot product.\n") -> None:
    path = repository.course / LESSON / "lesson.py"
    path.write_text(TWO_EXERCISES.replace(STATEMENT, text), encoding="utf-8")


def beside(repository: Repository, part: str) -> list[Path]:
    return sorted(repository.exercise_notebook(LESSON).parent.glob(f"*.{part}-*.ipynb"))


def assert_updated(repository: Repository) -> None:
    notebook = opened(repository)
    assert cell_of(notebook, "dot").source == ANSWER
    assert any("Return their dot product." in cell.source for cell in notebook.cells)
    assert not any(line == "Return the dot product of two vectors." for c in notebook.cells for line in
                   c.source.split("\n"))  # fmt: skip
    assert [cell.source for cell in notebook.cells].count("mine = 1") == 1


def test_two_backups_in_one_second_are_two_files(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    kept = []
    for number in range(3):
        path.write_text(str(number))
        kept.append(back_up(path, "before-reset"))
    assert len(set(kept)) == 3 and [each.read_text() for each in kept] == ["0", "1", "2"]


def test_a_notebook_saved_in_between_is_not_replaced(course: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    work(course)
    path = course.exercise_notebook(LESSON)
    saved = read_saved(path)

    def back_up_slowly(path: Path, why: str) -> Path:
        kept = back_up(path, why)
        path.write_bytes(saved.data + b"\n")
        return kept

    monkeypatch.setattr(notebook_module, "back_up", back_up_slowly)
    with pytest.raises(NotebookProblem, match="saved a moment ago"):
        replace(saved, released(course), "before-reset")
    assert path.read_bytes() == saved.data + b"\n"


def test_resetting_an_exercise_leaves_the_rest(course: Repository) -> None:
    notebook = solve(opened(course), "dot", ANSWER)
    solve(notebook, "shifted", "shifted = dot")
    notebook.cells.append(new_code_cell("mine = 1", outputs=[nbformat.v4.new_output("stream", text="kept")]))
    save(course, notebook)
    before = course.exercise_notebook(LESSON).read_bytes()
    kept = reset_exercise(course, LESSON, "dot")
    assert kept.read_bytes() == before
    after = opened(course)
    assert "raise NotImplementedError()" in cell_of(after, "dot").source
    assert cell_of(after, "shifted").source == "shifted = dot" and after.cells[-1].outputs[0].text == "kept"


def test_resetting_an_exercise_whose_cell_is_gone(course: Repository) -> None:
    notebook = opened(course)
    notebook.cells = [new_code_cell("mine = 1")]
    save(course, notebook)
    reset_exercise(course, LESSON, "dot")
    after = opened(course)
    assert "raise NotImplementedError()" in cell_of(after, "dot").source
    assert "mine = 1" in [cell.source for cell in after.cells]


def test_resetting_a_lesson_twice_keeps_both(course: Repository) -> None:
    before = work(course)
    first = reset_lesson(course, LESSON)
    second = reset_lesson(course, LESSON)
    assert first and second and first != second and first.read_bytes() == before
    assert opened(course) == released(course)


def test_a_broken_notebook_is_left_alone(course: Repository) -> None:
    path = course.exercise_notebook(LESSON)
    for content in (b"", b'{"cells": [', b"[]", b"<html>"):
        path.write_bytes(content)
        change_source(course)
        for attempt in (lambda: update_lesson(course, LESSON), lambda: reset_exercise(course, LESSON, "dot")):
            with pytest.raises(NotebookProblem, match="Mend"):
                attempt()
        assert path.read_bytes() == content
    kept = reset_lesson(course, LESSON)
    assert kept and kept.read_bytes() == b"<html>"


def test_update_brings_the_work_over_once(course: Repository) -> None:
    before = work(course)
    assert not update_lesson(course, LESSON).changed  # nothing new
    change_source(course)
    done = update_lesson(course, LESSON)
    assert [kept.read_bytes() for kept in done.backups] == [before]
    assert done.merged[0].answers == ("dot",) and done.merged[0].own_cells == 1
    assert_updated(course)
    after = course.exercise_notebook(LESSON).read_bytes()
    again = update_lesson(course, LESSON)
    assert not again.changed and not again.backups and course.exercise_notebook(LESSON).read_bytes() == after
    assert len(beside(course, "before-update")) == 1


def test_update_finds_the_copy_that_a_build_moved_away(course: Repository) -> None:
    before = work(course)
    path = course.exercise_notebook(LESSON)
    change_source(course)
    path.rename(path.with_name(f"{LESSON}.yours-20250101-000000.ipynb"))
    release(course)
    done = update_lesson(course, LESSON)
    assert_updated(course)
    assert [kept.read_bytes() for kept in done.backups] == [before] and not beside(course, "yours")


def test_update_of_an_untouched_notebook_leaves_nothing_beside(course: Repository) -> None:
    change_source(course)
    done = update_lesson(course, LESSON)
    assert done.changed and not done.backups and opened(course) == released(course)


# With git


def git(folder: Path, *arguments: str) -> str:
    names = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main")
    done = subprocess.run(["git", *names, *arguments], cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout


@pytest.fixture
def clone(course: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A learner's clone of the course."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ada")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ada@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git(course.root, "init", "--quiet")
    git(course.root, "add", "--all")
    git(course.root, "commit", "--quiet", "--message=first")
    git(tmp_path, "clone", "--quiet", str(course.root), "clone")
    return Repository(tmp_path / "clone")


def publish(course: Repository) -> None:
    """Release a changed lesson."""
    change_source(course)
    release(course)
    git(course.root, "commit", "--quiet", "--all", "--message=second")


def test_pull_and_update_with_work_that_is_not_committed(course: Repository, clone: Repository) -> None:
    before = work(clone)
    assert pull(clone).commits == 0
    publish(course)
    assert pull(clone).commits == 1
    assert opened(clone) == released(clone)
    assert [copy.read_bytes() for copy in beside(clone, "yours")] == [before]
    done = update_lesson(clone, LESSON)
    assert_updated(clone)
    assert before in [kept.read_bytes() for kept in done.backups] and not beside(clone, "yours")
    assert pull(clone).commits == 0 and not update_lesson(clone, LESSON).changed


def test_the_command_fetches_starts_anew_and_brings_the_work_over(course: Repository, clone: Repository) -> None:
    before = work(clone)
    publish(course)
    command = [sys.executable, "-m", "autograder.cli", "update"]
    first, second = (
        subprocess.run(command, cwd=clone.root, capture_output=True, text=True, timeout=120) for _ in range(2)
    )
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout.startswith("1 commit fetched.") and f"updated {LESSON}" in first.stdout
    assert_updated(clone)
    assert before in [kept.read_bytes() for kept in beside(clone, "before-update")]
    assert (second.returncode, second.stdout) == (0, "Every notebook is up to date.\n")


def test_a_notebook_that_was_only_run_leaves_nothing_beside(course: Repository, clone: Repository) -> None:
    notebook = opened(clone)
    notebook.cells[1].outputs = [nbformat.v4.new_output("stream", text="ran")]
    save(clone, notebook)
    publish(course)
    assert pull(clone).commits == 1
    assert opened(clone) == released(clone) and not beside(clone, "yours")


def test_pull_and_update_with_work_that_is_committed(course: Repository, clone: Repository) -> None:
    work(clone)
    git(clone.root, "commit", "--quiet", "--all", "--message=my answers")
    publish(course)
    pull(clone)
    update_lesson(clone, LESSON)
    assert_updated(clone)
    assert "<<<<" not in clone.exercise_notebook(LESSON).read_text()


def test_a_pull_that_fails_changes_nothing(course: Repository, clone: Repository) -> None:
    before = work(clone)
    source = clone.course / LESSON / "lesson.py"
    source.write_text(source.read_text() + "# mine\n")
    publish(course)
    with pytest.raises(PullProblem, match=r"lesson\.py"):
        pull(clone)
    git(clone.root, "commit", "--quiet", "--message=mine", str(source))
    change_source(course, "# Another change in the very same line.\n")
    path = course.course / LESSON / "lesson.py"
    path.write_text(path.read_text() + "# theirs\n")
    git(course.root, "commit", "--quiet", "--all", "--message=third")
    with pytest.raises(PullProblem, match="everything is as it was"):
        pull(clone)
    assert clone.exercise_notebook(LESSON).read_bytes() == before and not beside(clone, "yours")
    assert git(clone.root, "status", "--porcelain", "--untracked-files=no").split() == [
        "M", f"exercises/{LESSON}/{LESSON}.ipynb"]  # fmt: skip


def test_without_git_or_network(course: Repository, clone: Repository, tmp_path: Path) -> None:
    assert "not a git checkout" in pull(release(Repository(_copy(course, tmp_path / "plain")))).why_not
    git(clone.root, "remote", "set-url", "origin", str(tmp_path / "nowhere"))
    with pytest.raises(PullProblem, match="fetch"):
        pull(clone)


def _copy(repository: Repository, to: Path) -> Path:
    (to / "course").mkdir(parents=True)
    git(repository.root, "archive", "--format=tar", "--output", str(to / "a.tar"), "HEAD")
    subprocess.run(["tar", "-xf", "a.tar"], cwd=to, check=True)
    return to
