"""Every gate is green on a good lesson, and red on the one mistake that it is there for."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from typer.testing import CliRunner

from autograder.build.publish import build_lesson
from autograder.cli import app
from autograder.curriculum import Curriculum
from autograder.gates import files, grades, leaks, questions, text
from autograder.gates.registry import GATES, ask, examine, gate_name
from autograder.gates.subject import Subject
from autograder.lesson import read_lesson
from autograder.lesson.regions import SOLUTION, split_regions
from autograder.repository import Repository
from tests.conftest import LESSON, ROOT

Edit = Callable[[str, str], None]


# An exercise whose hidden test calls another exercise.
NORM = """# %% [markdown] statement="norm"
# ### Exercise: norm

# %% [markdown] hints="norm"
# text

# %% exercise="norm" minutes=1 difficulty=1 question="Q02"
def norm(a: np.ndarray) -> float:
    ### BEGIN SOLUTION
    return float(a @ a) ** 0.5
    ### END SOLUTION

# %% test="norm" points=1
expect(norm, np.array([3.0, 4.0])).returns(5.0)
### BEGIN HIDDEN TESTS
assert norm(np.ones(4)) == dot(np.ones(4), np.ones(4)) ** 0.5
### END HIDDEN TESTS
"""


@pytest.fixture
def subject(repository: Repository, curriculum: Curriculum) -> Subject:
    return Subject(repository, curriculum, LESSON)


def test_a_good_lesson_is_green(subject: Subject) -> None:
    red = {result.gate: list(map(str, result.findings)) for result in examine(subject) if result.findings}
    assert red == {}


def test_every_finding_says_its_mend(subject: Subject, edit_lesson: Edit) -> None:
    edit_lesson("# # Vectors", "# Vectors")
    findings = [finding for result in examine(subject) for finding in result.findings]
    assert findings
    assert all("Mend: " in str(finding) for finding in findings)


class TestThreePromises:
    """A hidden test deleted, a solution line leaked, a solution broken: each turns a gate red."""

    def test_all_hidden_tests_of_an_exercise_deleted(self, subject: Subject, edit_lesson: Edit) -> None:
        path = subject.repository.course / LESSON / "lesson.py"
        source = path.read_text(encoding="utf-8")
        begin, end = source.index("### BEGIN HIDDEN TESTS"), source.index("### END HIDDEN TESTS\n")
        path.write_text(source[:begin] + source[end + len("### END HIDDEN TESTS\n") :], encoding="utf-8")
        red = [str(f) for result in examine(subject) for f in result.findings]
        assert any("has no hidden tests" in finding for finding in red)

    @pytest.mark.parametrize(
        "check",
        [
            'expect(dot, empty_vector, empty_vector).returns(0.0, cause="An empty sum is zero.")\n',
            'expect(dot, np.array([1.0, -2.0]), np.array([3.0, 4.0])).returns(-5.0, cause="You lost a sign.")\n',
        ],
    )
    def test_one_hidden_test_deleted_from_the_source(self, subject: Subject, edit_lesson: Edit, check: str) -> None:
        edit_lesson(check, "")
        build_lesson(subject.repository, LESSON)  # so that nothing is merely stale
        red = {result.gate for result in examine(subject) if result.findings}
        assert red == {"bank-is-judged-rightly"}

    def test_one_hidden_test_deleted_from_the_built_notebook(self, subject: Subject) -> None:
        path = subject.repository.solution_notebook(LESSON)
        notebook = nbformat.read(path, as_version=4)
        cell = next(c for c in notebook.cells if "BEGIN HIDDEN" in c.source)
        cell["source"] = "\n".join(line for line in cell.source.split("\n") if "You lost a sign" not in line)
        nbformat.write(notebook, path)
        assert any("solutions" in f.place for f in files.derived_files_are_fresh(subject))

    def test_a_broken_solution(self, subject: Subject, edit_lesson: Edit) -> None:
        edit_lesson("    products = a * b\n", "    products = a - b\n")
        problems = [f.problem for f in grades.solution_earns_everything(subject)]
        assert any("earns 0 of 2 points" in problem for problem in problems)

    @pytest.mark.parametrize("where", ["markdown", "code", "output", "metadata", "attachment", "file beside"])
    def test_a_leaked_solution_line_wherever_it_is(self, subject: Subject, where: str) -> None:
        leak_everywhere = {
            "markdown": lambda nb: nb["cells"][0]["source"].append("\nproducts = a * b"),
            "code": lambda nb: code_cell(nb)["source"].append("\n# products = a * b"),
            "output": lambda nb: code_cell(nb)["outputs"].append({"text": ["products = a * b\n"]}),
            "metadata": lambda nb: nb["metadata"]["course"].update(note="products = a * b"),
            "attachment": lambda nb: nb["cells"][0].update(attachments={"a.txt": {"text/plain": "products = a * b"}}),
            "file beside": lambda nb: None,
        }

        def code_cell(nb):
            return next(cell for cell in nb["cells"] if cell["cell_type"] == "code")

        path = subject.repository.exercise_notebook(LESSON)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        leak_everywhere[where](notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        if where == "file beside":
            path.with_name("notes.md").write_text("try products = a * b", encoding="utf-8")
        assert any("products = a * b" in f.problem for f in leaks.nothing_leaks(subject))

    @pytest.mark.parametrize(
        ("key", "value", "says"),
        [("tags", ["raises-exception", "hide-input"], "the tag 'hide-input'"), ("scrolled", True, "has 'scrolled'")],
    )
    def test_metadata_that_no_released_cell_has(self, subject: Subject, key: str, value: object, says: str) -> None:
        path = subject.repository.exercise_notebook(LESSON)
        notebook = json.loads(path.read_text(encoding="utf-8"))
        assert any("raises-exception" in cell["metadata"].get("tags", ()) for cell in notebook["cells"])
        notebook["cells"][0]["metadata"][key] = value
        path.write_text(json.dumps(notebook), encoding="utf-8")
        [finding] = leaks.nothing_leaks(subject)
        assert says in finding.problem

    def test_a_leaked_hidden_test(self, subject: Subject) -> None:
        path = subject.repository.exercise_notebook(LESSON)
        path.write_text(
            path.read_text(encoding="utf-8").replace("Multiply, then add.", "empty_vector = np.zeros(0)"),
            encoding="utf-8",
        )
        assert any("empty_vector" in f.problem for f in leaks.nothing_leaks(subject))


@pytest.mark.parametrize("name", sorted(p.parent.name for p in (ROOT / "course").glob("*/lesson.py")))
def test_every_private_line_of_every_real_lesson_is_searched_for(name: str) -> None:
    """The leak gate must not become blind: most solution lines are private, and each exercise has some."""
    lesson = read_lesson(ROOT / "course", name)
    private = leaks.private_lines(lesson)
    for exercise in lesson.exercises:
        if not exercise.is_written:
            lines = {line.strip() for line in split_regions(exercise.answer.source, SOLUTION).inside}
            assert lines & set(private), f"{name}: no line of the solution of {exercise.name} is private"


def test_unsolved_cells_that_pass_are_found(subject: Subject, edit_lesson: Edit) -> None:
    source = (subject.repository.course / LESSON / "lesson.py").read_text(encoding="utf-8")
    test_cell = source[source.index("expect(dot, np.array([1.0, 2.0])") : source.index("### END HIDDEN TESTS")]
    edit_lesson(test_cell, "assert True\n### BEGIN HIDDEN TESTS\nassert dot is not None\n")
    problems = [f.problem for f in grades.unsolved_earns_nothing(subject)]
    assert problems == ["an unsolved exercise earns 2 points."]


def test_a_test_that_needs_another_exercise_is_found(subject: Subject, edit_lesson: Edit) -> None:
    before = '# %% [markdown] statement="explain"'
    edit_lesson(before, f"{NORM}\n{before}")
    [finding] = grades.exercises_are_independent(subject)
    assert "fail when dot is left unsolved" in finding.problem
    assert "(norm)" in finding.place


@pytest.mark.parametrize(
    ("name", "text_", "says"),
    [
        (
            "wrong/dot.product.py",
            "# message: You multiplied\ndef dot(a, b):\n    return float(a @ b)\n",
            "a wrong answer passes",
        ),
        (
            "wrong/dot.product.py",
            "# message: Bananas.\ndef dot(a, b):\n    return a * b\n",
            "its message 'Bananas.' is not shown",
        ),
        ("right/dot.operator.py", "def dot(a, b):\n    return 3.0\n", "a right answer fails"),
        ("wrong/dot.product.py", "def dot(a, b):\n    return a * b\n", "no message"),
        ("wrong/doot.product.py", "# message: x\ndef dot(a, b):\n    return a * b\n", "no exercise doot"),
    ],
)
def test_a_misjudged_answer_is_found(subject: Subject, name: str, text_: str, says: str) -> None:
    (subject.repository.course / LESSON / "answers" / name).write_text(text_, encoding="utf-8")
    result = ask(grades.bank_is_judged_rightly, subject)
    assert any(says in finding.problem for finding in result.findings)


def test_an_exercise_without_a_bank_is_found(subject: Subject) -> None:
    (subject.repository.course / LESSON / "answers" / "right" / "dot.operator.py").unlink()
    assert [f.problem for f in grades.bank_is_judged_rightly(subject)] == ["no right answer to dot."]


@pytest.mark.parametrize(
    ("gate", "old", "new", "says"),
    [
        (text.one_top_heading, "# ## The exercise", "# # The exercise", "second top heading"),
        (text.one_top_heading, "# ## The exercise", "# #### The exercise", "skips a level"),
        (text.links_resolve, "images/dot.txt", "images/dots.txt", "leads nowhere"),
        (text.links_resolve, "#The-exercise", "#the-exercise", "no heading for"),
        (text.links_resolve, "(#The-exercise)", "(http://example.org)", "not encrypted"),
        (text.images_have_alternatives, "![a dot]", "![]", "no text alternative"),
        (text.hints_are_there, "# <details><summary>Hint 3: mistake</summary>A product alone is not a sum.</details>\n", "", "2 hints"),  # noqa: E501
        (text.hints_are_there, "not a sum.</details>", "not a sum.", "not closed"),
        (questions.questions_are_exercised, 'question="Q01"', 'question="Q02"', "Q01 is claimed by the curriculum and never"),  # noqa: E501
        (questions.questions_are_exercised, 'question="Q01"', 'question="Q77"', "Q77 is no question"),
        (files.run_keeps_its_budget, "seconds=60", "seconds=0.001", "the budget is 0.001 s"),
        (files.run_keeps_its_budget, "megabytes=1000", "megabytes=5", "the budget is 5 MB"),
        (files.run_stays_in_its_folder, "import numpy as np\n", "import numpy as np\nimport cv2\ncv2.imwrite('../out.png', np.zeros((2, 2), np.uint8))\n", "out.png"),  # noqa: E501
        (grades.solution_earns_everything, "empty_vector = np.zeros(0)", "import sys; print('x', file=sys.stderr); empty_vector = np.zeros(0)", "earns 0 of 2"),  # noqa: E501
    ],
)  # fmt: skip
def test_one_mistake_turns_its_gate_red(
    subject: Subject, edit_lesson: Edit, gate, old: str, new: str, says: str
) -> None:
    edit_lesson(old, new)
    assert any(says in finding.problem for finding in gate(subject)), gate_name(gate)


def test_a_figure_without_a_text_alternative_is_found(subject: Subject, edit_lesson: Edit) -> None:
    edit_lesson(
        "# %% [markdown]\n# ## The exercise",
        "# %%\nimport matplotlib.pyplot as plt\n\nplt.plot([1, 2]);\n\n# %% [markdown]\n# ## The exercise",
    )
    build_lesson(subject.repository, LESSON)
    [finding] = text.images_have_alternatives(subject)
    assert "a figure has no text alternative" in finding.problem


def test_an_output_that_names_the_machine_is_found(subject: Subject, edit_lesson: Edit) -> None:
    edit_lesson("import numpy as np\n", "import tempfile\n\nimport numpy as np\n\nprint(tempfile.mkdtemp())\n")
    build_lesson(subject.repository, LESSON)
    [finding] = leaks.outputs_name_no_machine(subject)
    assert finding.problem == f"an output names {tempfile.gettempdir()}/."


def test_data_without_a_licence_is_found(subject: Subject) -> None:
    images = subject.repository.course / LESSON / "images"
    (images / "extra.txt").write_text("x")
    (images / "dot.txt").write_text("changed")
    problems = [f.problem for f in files.data_has_a_licence(subject)]
    assert problems == ["its source is not recorded.", "dot.txt is not the recorded file."]
    (images / "SOURCES.toml").unlink()
    assert [f.problem for f in files.data_has_a_licence(subject)] == ["it is missing."]


def test_the_command_ends_with_1_and_reports_json(
    subject: Subject, monkeypatch: pytest.MonkeyPatch, edit_lesson: Edit
) -> None:
    monkeypatch.chdir(subject.repository.root)
    edit_lesson("![a dot]", "![]")
    result = CliRunner().invoke(app, ["gates", "--json"])
    assert result.exit_code == 1
    red = {entry["gate"] for entry in json.loads(result.stdout) if entry["findings"]}
    assert red == {"images-have-alternatives", "derived-files-are-fresh"}
    assert len(json.loads(result.stdout)) == len(GATES)


def test_every_gate_says_what_it_checks() -> None:
    assert all((gate.__doc__ or "").strip().endswith(".") for gate in GATES)


def test_the_gates_folder_is_documented_for_authors() -> None:
    guide = Path(ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    missing = [gate_name(gate) for gate in GATES if gate_name(gate) not in guide]
    assert missing == []
