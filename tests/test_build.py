"""The build makes what nbgrader would make, only when needed, and never loses a learner's work."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.build.notebooks import release_notebook, serialise, solution_notebook
from autograder.build.publish import BuildError, build_lesson, source_line, stale_files
from autograder.cli import app
from autograder.lesson import read_lesson
from autograder.repository import Repository
from tests.conftest import LESSON


def test_a_fresh_build_is_not_stale(repository: Repository) -> None:
    assert stale_files(repository, LESSON) == []


def test_the_build_is_the_same_every_time(repository: Repository) -> None:
    lesson = read_lesson(repository.course, LESSON)
    config = repository.nbgrader_config
    first, second = (serialise(solution_notebook(lesson, config)) for _ in range(2))
    assert first == second


def test_the_statement_carries_difficulty_minutes_question_points(repository: Repository) -> None:
    notebook = nbformat.read(repository.exercise_notebook(LESSON), as_version=4)
    statement = next(cell.source for cell in notebook.cells if cell.source.startswith("### Exercise: dot"))
    assert "*Difficulty 1 of 5 · 3 minutes · question Q02 · 2 points*" in statement


def test_a_test_is_folded_and_says_whose_it_is(repository: Repository) -> None:
    for path in (repository.exercise_notebook(LESSON), repository.solution_notebook(LESSON)):
        cells = nbformat.read(path, as_version=4).cells
        test = next(cell for cell in cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "test_dot")
        assert test.metadata["jupyter"] == {"source_hidden": True}
        assert test.metadata["tags"] == ["raises-exception"]
        assert test.source.startswith("# Tests of dot: ")


def test_an_exercise_has_its_check_below_its_last_test_and_a_written_one_has_none(repository: Repository) -> None:
    for path in (repository.exercise_notebook(LESSON), repository.solution_notebook(LESSON)):
        cells = nbformat.read(path, as_version=4).cells
        code = [cell for cell in cells if cell.cell_type == "code"]
        assert code[0].source == f"%load_ext autograder\n%lesson {LESSON}"
        [check] = [cell for cell in code if cell.source.startswith("%check")]
        assert check.source == "%check dot"
        assert cells[cells.index(check) - 1].metadata["nbgrader"]["grade_id"] == "test_dot"
        assert check.metadata == {}


def test_a_check_says_nothing_in_the_authors_run(repository: Repository) -> None:
    cells = nbformat.read(repository.solution_notebook(LESSON), as_version=4).cells
    added = [cell for cell in cells if cell.source.startswith("%")]
    assert len(added) == 2
    assert all(cell.execution_count and cell.outputs == [] for cell in added)


def test_a_cell_that_the_build_adds_has_a_line(repository: Repository) -> None:
    lesson = read_lesson(repository.course, LESSON)
    solved = solution_notebook(lesson, repository.nbgrader_config)
    lines = {cell.source: source_line(lesson, cell) for cell in solved.cells if cell.source.startswith("%")}
    assert list(lines.values()) == [1, lesson.exercise("dot").tests[0].line]


def test_the_model_answer_is_folded_below_the_written_answer(repository: Repository) -> None:
    cells = nbformat.read(repository.exercise_notebook(LESSON), as_version=4).cells
    written = next(i for i, cell in enumerate(cells) if cell.source == "YOUR ANSWER HERE")
    assert "<details>" in cells[written + 1].source
    assert "An array with one axis." in cells[written + 1].source


def test_cell_ids_survive_a_cell_put_before_them(
    repository: Repository, edit_lesson: Callable[[str, str], None]
) -> None:
    config = repository.nbgrader_config
    before = {c.source: c.id for c in solution_notebook(read_lesson(repository.course, LESSON), config).cells}
    edit_lesson("# %% [markdown]\n# ## The exercise", "# %%\nnew = 1\n\n# %% [markdown]\n# ## The exercise")
    after = {c.source: c.id for c in solution_notebook(read_lesson(repository.course, LESSON), config).cells}
    assert before.items() <= after.items()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("exercises/{0}/{0}.ipynb", "missing"),
        ("solutions/{0}/{0}.ipynb", "missing"),
        ("exercises/{0}/images/dot.txt", "missing"),
    ],
)
def test_a_missing_file_is_stale(repository: Repository, path: str, reason: str) -> None:
    (repository.root / path.format(LESSON)).unlink()
    [stale] = stale_files(repository, LESSON)
    assert reason in stale.reason
    assert stale.path == repository.root / path.format(LESSON)


def test_a_changed_source_makes_both_notebooks_stale(
    repository: Repository, edit_lesson: Callable[[str, str], None]
) -> None:
    edit_lesson("Multiply, then add.", "Add.")
    assert {s.path.parent.parent.name for s in stale_files(repository, LESSON)} == {"exercises", "solutions"}


def test_a_solution_that_was_not_run_is_stale(repository: Repository) -> None:
    path = repository.solution_notebook(LESSON)
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.cell_type == "code")["execution_count"] = None
    nbformat.write(notebook, path)
    assert [s.reason for s in stale_files(repository, LESSON)] == ["it has not been run"]


def test_a_learners_work_is_kept_beside_the_new_notebook(
    repository: Repository, edit_lesson: Callable[[str, str], None]
) -> None:
    path = repository.exercise_notebook(LESSON)
    notebook = nbformat.read(path, as_version=4)
    exercise = next(cell for cell in notebook.cells if "NotImplementedError" in cell.source)
    exercise["source"] = "my precious answer"
    nbformat.write(notebook, path)
    edit_lesson("Multiply, then add.", "Add.")
    built = build_lesson(repository, LESSON)
    assert built.rescued is not None
    assert "my precious answer" in built.rescued.read_text(encoding="utf-8")
    assert "my precious answer" not in path.read_text(encoding="utf-8")
    assert stale_files(repository, LESSON) == []


def test_an_untouched_notebook_is_simply_replaced(
    repository: Repository, edit_lesson: Callable[[str, str], None]
) -> None:
    edit_lesson("Multiply, then add.", "Add.")
    assert build_lesson(repository, LESSON).rescued is None


def test_a_failing_cell_is_named_and_nothing_is_written(
    repository: Repository, edit_lesson: Callable[[str, str], None]
) -> None:
    before = repository.solution_notebook(LESSON).read_bytes()
    edit_lesson("    products = a * b\n", "    products = a + b\n")
    with pytest.raises(BuildError, match=r"(?s)lesson\.py:\d+: this cell fails.*dot\(\.\.\.\) is wrong") as raised:
        build_lesson(repository, LESSON)
    assert "Mend:" in str(raised.value)
    assert repository.solution_notebook(LESSON).read_bytes() == before


def test_release_has_no_marks(repository: Repository) -> None:
    solved = solution_notebook(read_lesson(repository.course, LESSON), repository.nbgrader_config)
    text = serialise(release_notebook(solved, repository.nbgrader_config))
    assert "BEGIN" not in text
    assert "raise NotImplementedError" in text


class TestCommand:
    """``course build`` from the command line."""

    @pytest.fixture(autouse=True)
    def _inside(self, repository: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(repository.root)

    def test_check_is_silent_about_fresh_files_and_names_stale_ones(self, repository: Repository) -> None:
        run = CliRunner()
        assert run.invoke(app, ["build"]).exit_code == 0  # writes the start page
        assert run.invoke(app, ["build", "--check"]).exit_code == 0
        repository.exercise_notebook(LESSON).unlink()
        result = run.invoke(app, ["build", "--check", "--json"])
        assert result.exit_code == 1
        assert json.loads(result.stdout)["stale"] == [
            {"path": f"exercises/{LESSON}/{LESSON}.ipynb", "reason": "it is missing"}
        ]

    def test_build_mends_what_check_found(self, repository: Repository) -> None:
        repository.exercise_notebook(LESSON).unlink()
        result = CliRunner().invoke(app, ["build"])
        assert (result.exit_code, repository.exercise_notebook(LESSON).is_file()) == (0, True)
        assert f"built {LESSON}" in result.stdout

    def test_the_start_page_lists_written_lessons_only(self, repository: Repository) -> None:
        CliRunner().invoke(app, ["build"])
        page = repository.start_page.read_text(encoding="utf-8")
        assert f"[Vectors]({LESSON}/{LESSON}.ipynb)" in page
        assert "Not written yet" not in page

    def test_an_unknown_lesson_is_a_usage_error(self) -> None:
        result = CliRunner().invoke(app, ["build", "a9_nothing"])
        assert result.exit_code == 2
        assert "There is no lesson a9_nothing" in result.stderr

    def test_outside_a_checkout_it_says_so(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        outside = tmp_path / "elsewhere"
        outside.mkdir()
        monkeypatch.chdir(outside)
        result = CliRunner().invoke(app, ["build"])
        assert result.exit_code == 2
        assert "not inside a checkout" in result.stderr
