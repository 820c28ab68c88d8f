"""What a lesson's released notebook is now, and what it was in earlier releases."""

from __future__ import annotations

import subprocess

import nbformat
from nbformat import NotebookNode

from autograder.build.notebooks import digest, release_notebook, solution_notebook
from autograder.lesson import Lesson, read_lesson
from autograder.repository import Repository

_MOST_RELEASES = 30
_SECONDS = 20


def current_release(repository: Repository, name: str) -> NotebookNode:
    """Return the released notebook of a lesson, made from its source.

    Raises:
        autograder.lesson.SourceError: if the source is missing or has mistakes.
    """
    return release_of(repository, read_lesson(repository.course, name))


def release_of(repository: Repository, lesson: Lesson) -> NotebookNode:
    """Return the released notebook of a lesson that has been read."""
    return release_notebook(solution_notebook(lesson, repository.nbgrader_config), repository.nbgrader_config)


def past_releases(repository: Repository, name: str) -> list[NotebookNode]:
    """Return the releases of a lesson that git remembers, newest first; none without git.

    A notebook that a learner committed is no release: its digest does not fit its cells.
    """
    path = repository.exercise_notebook(name).relative_to(repository.root).as_posix()
    commits = _git(repository, "log", f"--max-count={_MOST_RELEASES}", "--format=%H", "--", path)
    found = []
    for commit in commits.split():
        text = _git(repository, "show", f"{commit}:./{path}")
        try:
            notebook = nbformat.reads(text, as_version=4)
        except Exception:  # whatever was committed there, it is no release
            continue
        if digest(notebook) == notebook.metadata.get("course", {}).get("release"):
            found.append(notebook)
    return found


def _git(repository: Repository, *arguments: str) -> str:
    """Return what a git command that reads prints; "" if it fails or there is no git."""
    try:
        done = subprocess.run(
            ["git", *arguments], cwd=repository.root, capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else ""
