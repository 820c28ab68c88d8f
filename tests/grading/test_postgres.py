"""The gradebook in PostgreSQL, by nbgrader's own setting ``db_url``: the same grades as in SQLite."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.grading import scheduler
from autograder.grading.grade import grade_assignment
from tests.grading import fake_examiner
from tests.grading.conftest import LESSON

pytest.importorskip("psycopg", reason="no driver for PostgreSQL: pip install -e '.[postgres]'")

HandIn = Callable[..., Path]
Solve = Callable[..., NotebookNode]
SQUARE = "def double(x):\n    return x * x\n"


def find_binaries() -> Path | None:
    """Return the folder with PostgreSQL's server programs; Debian keeps them out of the path."""
    on_path = shutil.which("initdb")
    found = [Path(on_path).resolve()] if on_path else sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return found[-1].parent if found else None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A PostgreSQL server of its own, in a folder, on a Unix socket; yields the URL of an empty database."""
    binaries = find_binaries()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (initdb): apt install postgresql")
    as_user: list[str] = []
    home = tmp_path_factory.mktemp("postgres")
    if os.getuid() == 0:  # the server refuses to run as root
        try:
            pwd.getpwnam("nobody")
        except KeyError:
            pytest.skip("PostgreSQL does not run as root, and there is no user nobody to run it as")
        if not shutil.which("setpriv"):
            pytest.skip("PostgreSQL does not run as root, and setpriv is not installed: apt install util-linux")
        as_user = ["setpriv", "--reuid=nobody", "--clear-groups", "--regid=nogroup"]
        home = Path(subprocess.check_output([*as_user, "mktemp", "-d", "/tmp/postgres-XXXXXX"], text=True).strip())
    data = home / "data"

    def run(*command: str | Path) -> None:
        subprocess.run([*as_user, *command], check=True, cwd=home, stdout=subprocess.DEVNULL, timeout=120)

    run(binaries / "initdb", "-D", data, "-U", "course", "--auth=trust", "--no-sync", "--encoding=UTF8", "--no-locale")
    options = f"-c listen_addresses='' -k {home} -c fsync=off"
    run(binaries / "pg_ctl", "-D", data, "-w", "-l", home / "log", "-o", options, "start")
    try:
        run(binaries / "createdb", "-h", home, "-U", "course", "gradebook")
        yield f"postgresql+psycopg://course@/gradebook?host={home}"
    finally:
        run(binaries / "pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def rows(db_url: str) -> dict[str, object]:
    """Return what the gradebook says of each student: total, status, and each grade and comment."""
    with Gradebook(db_url, "vision-interview-course") as gradebook:
        return {
            submission.student.id: (
                submission.score,
                submission.needs_manual_grade,
                sorted(
                    (grade.name, grade.auto_score, grade.manual_score, grade.needs_manual_grade)
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                ),
                sorted(
                    (comment.name, comment.auto_comment or "", comment.manual_comment or "")
                    for notebook in submission.notebooks
                    for comment in notebook.comments
                ),
            )
            for submission in gradebook.find_assignment(LESSON).submissions
        }


def by_hand(db_url: str) -> None:
    with Gradebook(db_url, "vision-interview-course") as gradebook:
        written = gradebook.find_grade("why", LESSON, LESSON, "ada")
        written.manual_score, written.needs_manual_grade = 3.5, False
        gradebook.find_comment("why", LESSON, LESSON, "ada").manual_comment = "Well put."
        gradebook.db.commit()


@pytest.mark.slow
def test_postgres_holds_the_same_grades_as_sqlite(
    server: str, course: Path, tmp_path: Path, solve: Solve, hand_in: HandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "examine", fake_examiner.examine)
    hand_in("ada", solve())
    hand_in("bob", solve(double=SQUARE))
    hand_in("cleo", b"{")
    other = tmp_path / "other"
    shutil.copytree(course, other)
    (other / "gradebook.db").unlink()
    with (other / "nbgrader_config.py").open("a", encoding="utf-8") as settings:
        settings.write(f"\nc.CourseDirectory.db_url = {server!r}\n")
    urls = {course: f"sqlite:///{course / 'gradebook.db'}", other: server}

    results = {folder: grade_assignment(folder, LESSON) for folder in urls}
    assert results[course] == results[other]
    assert rows(urls[course]) == rows(urls[other])
    assert not (other / "gradebook.db").exists()

    for folder, url in urls.items():
        by_hand(url)
        shutil.copytree(folder / "submitted" / "bob", folder / "submitted" / "ada", dirs_exist_ok=True)
    results = {folder: grade_assignment(folder, LESSON) for folder in urls}
    assert results[course] == results[other]
    assert rows(urls[course]) == rows(urls[other])
    assert results[other][0].score == 3 + 3.5

    exported = {}
    for folder in urls:
        subprocess.run(["nbgrader", "export"], cwd=folder, check=True, capture_output=True, timeout=120)
        exported[folder] = sorted((folder / "grades.csv").read_text(encoding="utf-8").splitlines())  # in any order
    assert exported[course] == exported[other]
