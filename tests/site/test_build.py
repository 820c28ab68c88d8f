"""The whole site: of the real course, and of a tiny one that has faults."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.curriculum import Curriculum, load_curriculum
from autograder.drill.questions import read_questions
from autograder.lesson import read_lesson, written_lessons
from autograder.lesson.regions import HIDDEN_TESTS, split_regions
from autograder.repository import Repository
from autograder.site.build import SiteError, build_site
from autograder.site.links import check_links
from autograder.site.pages import NoSolution
from tests.conftest import LESSON, ROOT

REPOSITORY = Repository(ROOT)
CURRICULUM = load_curriculum(REPOSITORY.course)
# MyST's parser and Sphinx are not of one age.
pytestmark = pytest.mark.filterwarnings("ignore::sphinx.deprecation.RemovedInSphinx11Warning")
LESSONS = written_lessons(REPOSITORY.course, CURRICULUM)


def text_of(page: Path) -> str:
    """Return what a page says, without its tags."""
    return html.unescape(re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", LESSONS)
def test_no_page_shows_a_hidden_test(site_folder: Path, name: str):
    lesson = read_lesson(REPOSITORY.course, name)
    hidden, open_lines = set(), set()
    for cell in lesson.cells:
        split = split_regions(cell.source, HIDDEN_TESTS)
        hidden |= {line.strip() for line in split.inside}
        open_lines |= {line.strip() for line in split.outside}
    telling = {line for line in hidden if len(line) > 25 and not any(line in shown for shown in open_lines)}
    assert telling, "a lesson without hidden tests would prove nothing"
    page = text_of(site_folder / "html" / name / f"{name}.html")
    assert [line for line in telling if line in page] == []


@pytest.mark.parametrize("name", LESSONS)
def test_every_output_figure_and_question_is_there(site_folder: Path, name: str):
    folder = site_folder / "html" / name
    solved = nbformat.read(REPOSITORY.solution_notebook(name), as_version=4)
    outputs = [output for cell in solved.cells if cell.cell_type == "code" for output in cell.outputs]
    alternatives = {about["alt"] for o in outputs for about in o.get("metadata", {}).values() if "alt" in about}
    shown = {html.unescape(alt) for alt in re.findall(r'<img alt="([^"]*)"', (folder / f"{name}.html").read_text())}
    assert alternatives <= shown
    page = text_of(folder / f"{name}.html")
    printed = [output.text.strip().splitlines()[0] for output in outputs if output.output_type == "stream"]
    assert [line for line in printed if line not in page] == []
    questions = read_questions(REPOSITORY.course, name)
    if questions:
        assert (folder / "questions.html").read_text().count("<summary>Answer</summary>") == len(questions)


def test_the_index_has_every_lesson_with_its_state(site_folder: Path):
    index = text_of(site_folder / "html" / "index.html")
    for lesson in CURRICULUM.lessons:
        assert f"{lesson.title} (planned)" in index or lesson.name in LESSONS
        assert all(CURRICULUM.questions[question] in index for question in lesson.questions)


def test_no_link_is_broken_and_no_page_loads_from_elsewhere(site_folder: Path):
    assert check_links(site_folder / "html").broken == ()


def test_a_second_build_makes_only_what_changed(tmp_path: Path, repository: Repository, curriculum: Curriculum):
    read: list[str] = []

    def note(what: str, done: int, total: int) -> None:
        if what == "reading":
            read.append(f"{done} of {total}")

    build_site(repository, curriculum, tmp_path / "site", note)
    assert read == ["1 of 4", "2 of 4", "3 of 4", "4 of 4"]  # index, lesson, its questions, licences
    read.clear()
    build_site(repository, curriculum, tmp_path / "site", note)
    assert read == []


def test_a_lesson_that_is_gone_leaves_no_page(tmp_path: Path, repository: Repository, curriculum: Curriculum):
    site = build_site(repository, curriculum, tmp_path / "site")
    page = site.index.parent / LESSON / f"{LESSON}.html"
    assert page.is_file()
    (repository.course / LESSON / "lesson.py").unlink()
    build_site(repository, curriculum, tmp_path / "site")
    assert not page.exists()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[nowhere](#No-such-heading)", "No-such-heading"),
        ("[nowhere](../a9_gone/a9_gone.ipynb)", "a9_gone"),
        (r"$\nosuchcommand{x}$", "nosuchcommand"),
    ],
)
def test_a_fault_is_found_each_time(
    tmp_path: Path, repository: Repository, curriculum: Curriculum, text: str, complaint: str
):
    path = repository.solution_notebook(LESSON)
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].source += f"\n\n{text}"
    nbformat.write(notebook, path)
    for _attempt in range(2):
        with pytest.raises(SiteError, match=complaint):
            build_site(repository, curriculum, tmp_path / "site")


def test_a_lesson_that_was_not_built_is_named_with_its_mend(
    tmp_path: Path, repository: Repository, curriculum: Curriculum
):
    repository.solution_notebook(LESSON).unlink()
    with pytest.raises(NoSolution, match=f"course build {LESSON}"):
        build_site(repository, curriculum, tmp_path / "site")


def test_the_command_says_what_to_open(repository: Repository, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(repository.course)
    result = CliRunner().invoke(app, ["site"])
    assert result.exit_code == 0, result.output
    index = repository.root / "build" / "site" / "html" / "index.html"
    assert f"Open {index.as_uri()}" in result.output and index.is_file()
    assert (repository.root / "build" / "site" / "external_links.txt").is_file()


def test_the_command_fails_with_the_place_of_a_mistake(
    repository: Repository, monkeypatch: pytest.MonkeyPatch, edit_lesson: Callable[[str, str], None]
):
    edit_lesson("### END SOLUTION\n", "")
    monkeypatch.chdir(repository.root)
    result = CliRunner().invoke(app, ["site"])
    assert result.exit_code == 1 and "lesson.py:" in result.output
