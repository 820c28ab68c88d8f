"""Write the pages of the site, as Sphinx reads them, from course/ and solutions/."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.build.notebooks import serialise
from autograder.curriculum import Curriculum
from autograder.drill.questions import read_questions
from autograder.lesson import read_lesson, written_lessons
from autograder.repository import Repository
from autograder.site.headings import anchors_of
from autograder.site.index_page import index_page
from autograder.site.lesson_page import lesson_page
from autograder.site.licences_page import licences_page
from autograder.site.questions_page import questions_page

_LICENCES = "licences"
_QUESTIONS = "questions"
_LOCAL_TARGET = re.compile(r"\]\((?!\.\./|#|[a-z]+:)([^)\s#]+)")


class NoSolution(Exception):
    """A lesson has no solved notebook; the text names the mend."""


def write_pages(repository: Repository, curriculum: Curriculum, folder: Path) -> set[str]:
    """Write every page below ``folder``, and touch no file that has its text already.

    Args:
        repository: the course.
        curriculum: its plan.
        folder: where the pages go; what else is in it is removed.

    Returns:
        The pages' paths below the folder.

    Raises:
        autograder.lesson.SourceError: if a lesson or its questions have mistakes.
        NoSolution: if a lesson was not built.
    """
    lessons = {name: read_lesson(repository.course, name) for name in written_lessons(repository.course, curriculum)}
    titles = {name: curriculum.lesson(name).title for name in lessons}
    files: dict[str, bytes] = {}
    question_counts = {}
    for name in lessons:
        solved = _solved_notebook(repository, name)
        questions = read_questions(repository.course, name)
        question_counts[name] = len(questions)
        beside = _files_that_it_names(solved, repository.solution_notebook(name).parent)
        further = [f"Questions <{_QUESTIONS}>"] if questions else []
        further += [path.removesuffix(".md") for path in beside if path.endswith(".md")]
        files |= {f"{name}/{path}": content for path, content in beside.items()}
        files[f"{name}/{name}.ipynb"] = serialise(lesson_page(solved, repository, further)).encode()
        if questions:
            page = questions_page(titles[name], name, questions, anchors_of(solved))
            files[f"{name}/{_QUESTIONS}.md"] = page.encode()
    files["index.md"] = index_page(curriculum, lessons, question_counts, [_LICENCES]).encode()
    files[f"{_LICENCES}.md"] = licences_page(
        {name: (titles[name], lesson) for name, lesson in lessons.items()}
    ).encode()
    _mirror(files, folder)
    return set(files)


def _solved_notebook(repository: Repository, name: str) -> NotebookNode:
    path = repository.solution_notebook(name)
    if not path.is_file():
        raise NoSolution(f"{path}: not found. Mend: run `course build {name}`.")
    return nbformat.read(path, as_version=nbformat.NO_CONVERT)


def _files_that_it_names(notebook: NotebookNode, folder: Path) -> dict[str, bytes]:
    """Return the files below the notebook's folder that its text shows or links to, by their paths."""
    targets = {
        target
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for target in _LOCAL_TARGET.findall(cell.source)
    }
    return {target: (folder / target).read_bytes() for target in sorted(targets) if (folder / target).is_file()}


def _mirror(files: dict[str, bytes], folder: Path) -> None:
    """Make ``folder`` hold these files and no others; Sphinx reads again what was written."""
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in files:
            path.unlink()
    for name, content in files.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
