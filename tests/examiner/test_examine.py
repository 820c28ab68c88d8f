"""Examining a submission: whatever a cell does costs only its own points."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.utils import determine_grade

from autograder.examiner.examination import Examination, ExaminationError, Files
from autograder.examiner.examine import content_key, examine
from autograder.examiner.settings import ExamSettings
from autograder.grading.notes import notes_of
from autograder.sandbox import Limits, sandbox_problem

pytestmark = pytest.mark.skipif(sandbox_problem() is not None, reason=str(sandbox_problem()))

FAST = ExamSettings(seconds_per_cell=5, seconds_per_call=2)


def plain(source: str) -> NotebookNode:
    return new_code_cell(source)


def answer(name: str, source: str) -> NotebookNode:
    return new_code_cell(source, metadata={"nbgrader": {"grade_id": name, "grade": False, "solution": True}})


def check(name: str, source: str = "", points: float = 1) -> NotebookNode:
    """A test cell; a submission need not carry its text."""
    return new_code_cell(
        source, metadata={"nbgrader": {"grade_id": name, "grade": True, "solution": False, "points": points}}
    )


def run(
    submission: list[NotebookNode], source: list[NotebookNode], settings: ExamSettings = FAST, files: Files = ()
) -> tuple[dict[str, float], str, NotebookNode]:
    """Return the points of each test, the notes, and the notebook."""
    examination = Examination("lesson", json.dumps(new_notebook(cells=source)).encode(), files, settings)
    notebook = examine(examination, new_notebook(cells=submission))
    points = {
        cell.metadata.nbgrader.grade_id: determine_grade(cell)[0]
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    }
    return points, " ".join(notes_of(notebook.metadata)), notebook


def outputs_of(notebook: NotebookNode, name: str) -> list[NotebookNode]:
    [cell] = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == name]
    return list(cell.outputs)


def messages_of(notebook: NotebookNode, name: str) -> list[tuple[str, str]]:
    return [(output.ename, output.evalue) for output in outputs_of(notebook, name) if output.output_type == "error"]


DOUBLE = answer("double", "def double(x):\n    return x * 2")
IMPORTS = plain("import numpy as np\nfrom autograder.expect import expect")


def test_the_test_runs_on_the_source_and_not_on_what_the_submission_carries() -> None:
    source = [IMPORTS, DOUBLE, check("test", "expect(double, 3).returns(6)")]
    right = [IMPORTS, DOUBLE, check("test", "raise SystemExit")]
    wrong = [IMPORTS, answer("double", "def double(x):\n    return x * 3"), check("test", "pass")]
    points, notes, notebook = run(right, source)
    assert (points, notes) == ({"test": 1}, "")
    assert "1 check passed" in outputs_of(notebook, "test")[0].data["text/plain"]
    points, _notes, notebook = run(wrong, source)
    assert points == {"test": 0}
    [(name, message)] = messages_of(notebook, "test")
    assert name == "Mismatch" and "got       9" in message and "expected  6" in message


def test_the_hidden_test_is_nowhere_in_the_students_process() -> None:
    secret = "canary_4711"
    source = [DOUBLE, check("test", f"{secret} = 12\nassert double({secret}) == 24")]
    look = (
        "import gc, sys\n"
        "def double(x):\n"
        "    frames, frame = [], sys._getframe()\n"
        "    while frame: frames.append(str(frame.f_locals) + str(frame.f_globals.keys())); frame = frame.f_back\n"
        "    strings = [o for o in gc.get_objects() if isinstance(o, (str, dict, list))]\n"
        "    found = any('canary_' + '4711' in text for text in [*frames, str(strings)[:10**7]])\n"
        "    return 24 if not found else 0"
    )
    assert run([answer("double", look), check("test")], source)[0] == {"test": 1}


def test_partial_credit_is_the_value_of_the_last_expression() -> None:
    source = [
        DOUBLE,
        check("part", "double(1) == 2\n1.5", points=4),
        check("from_answer", "double(2)", points=4),
        check("none", "0", points=2),
        check("said_nothing", "double(1) == 2", points=2),
    ]
    tests = [
        check(name, points=points)
        for name, points in (("part", 4), ("from_answer", 4), ("none", 2), ("said_nothing", 2))
    ]
    assert run([DOUBLE, *tests], source)[0] == {"part": 1.5, "from_answer": 4, "none": 0, "said_nothing": 2}


@pytest.mark.parametrize(
    "result", ["[1, 2]", "'4'", "float('nan')", "float('inf')", "99", "-1", "4j", "False", "object()"]
)
def test_partial_credit_that_is_no_number_of_points_is_none(result: str) -> None:
    source = [DOUBLE, check("test", "double(2)", points=4)]
    assert run([answer("double", f"def double(x):\n    return {result}"), check("test", points=4)], source)[0] == {
        "test": 0
    }


def test_prints_and_warnings_cost_nothing_and_are_only_text() -> None:
    chatty = (
        "import sys, warnings\nfrom IPython.display import HTML, display\n"
        "def double(x):\n"
        "    print('seen'); print('error', file=sys.stderr); warnings.warn('careful'); display(HTML('<script>'))\n"
        "    sys.displayhook(0.0)\n"
        "    return x * 2"
    )
    points, _notes, notebook = run(
        [answer("double", chatty), check("test")], [DOUBLE, check("test", "assert double(2) == 4")]
    )
    assert points == {"test": 1}
    assert {(output.output_type, output.get("name")) for output in outputs_of(notebook, "test")} == {
        ("stream", "stdout")
    }
    assert "seen" in outputs_of(notebook, "test")[0].text


def test_tests_use_the_instructors_variables_and_the_students_functions() -> None:
    source = [plain("data = [1, 2]"), DOUBLE, check("test", "assert [double(x) for x in data] == [2, 4]")]
    forged = [plain("data = []"), answer("double", "def double(x):\n    return 0"), check("test")]
    assert run(forged, source)[0] == {"test": 0}


def test_an_exercise_may_define_a_variable() -> None:
    source = [answer("limit", "limit = 3"), check("test", "assert limit == 3")]
    assert run([answer("limit", "limit = 3"), check("test")], source)[0] == {"test": 1}
    points, _notes, notebook = run([answer("limit", "pass"), check("test")], source)
    assert points == {"test": 0}
    assert "`limit` is not defined" in messages_of(notebook, "test")[0][1]


ENDINGS = {
    "exit": ("import os; os._exit(3)", "KernelDied", "exit status 3"),
    "kill": ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "KernelDied", "SIGKILL"),
    "hang": ("while True: pass", "TimeLimit", "longer than 2 s"),
    "sleep": ("import time; time.sleep(60)", "TimeLimit", "longer than 2 s"),
    "stubborn": (
        "import signal; signal.signal(signal.SIGINT, signal.SIG_IGN)\n    while True: pass",
        "TimeLimit",
        "longer",
    ),
    "memory": ("x = [bytearray(2**24) for _ in range(1000)]", "", "emory"),
    "crash": ("import ctypes; ctypes.string_at(0)", "KernelDied", "SIGSEGV"),
}


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_end_of_the_kernel_is_named_and_the_other_tests_still_run(ending: str) -> None:
    body, name, words = ENDINGS[ending]
    source = [
        plain("ready = 1"),
        DOUBLE,
        answer("other", "def other():\n    return 1"),
        check("first", "assert other() == 1"),
        check("ends", "assert double(1) == 2"),
        check("after", "assert other() == 1"),
    ]
    submission = [
        plain("ready = 1"),
        answer("double", f"def double(x):\n    {body}"),
        answer("other", "def other():\n    return ready"),
        *map(check, ("first", "ends", "after")),
    ]
    settings = ExamSettings(seconds_per_cell=5, seconds_per_call=2, limits=Limits(memory_bytes=400 * 2**20))
    points, _notes, notebook = run(submission, source, settings)
    assert points == {"first": 1, "ends": 0, "after": 1}
    [(found, message)] = messages_of(notebook, "ends")
    assert words in message
    assert not name or found == name


def test_a_cell_of_the_students_own_that_ends_the_kernel_costs_only_itself() -> None:
    submission = [DOUBLE, plain("print('once')"), plain("import os; os._exit(0)"), check("test")]
    points, notes, notebook = run(submission, [DOUBLE, check("test", "assert double(1) == 2")])
    assert points == {"test": 1}
    assert "Code cell 3" in notes and "ended itself" in notes
    assert [output.text for output in notebook.cells[1].outputs] == ["once\n"]


def test_a_cell_that_hangs_costs_only_itself() -> None:
    points, notes, _notebook = run(
        [DOUBLE, plain("while True: pass"), check("test")], [DOUBLE, check("test", "assert double(1) == 2")]
    )
    assert points == {"test": 1}
    assert "did not finish within 5 s" in notes


def test_a_test_that_never_ends_is_stopped() -> None:
    endless = answer("count", "def count():\n    while True: yield 1")
    points, _notes, notebook = run([endless, check("test")], [endless, check("test", "list(count())")])
    assert points == {"test": 0}
    assert messages_of(notebook, "test")[0][0] in ("TimeLimit", "Mismatch")  # stopped by the clock, or by the count


def test_a_broken_test_is_the_instructors_matter() -> None:
    source = [DOUBLE, check("test", "assert undefined_name")]
    _points, _notes, notebook = run([DOUBLE, check("test")], source)
    assert messages_of(notebook, "test")[0][0] == "NameError"


def test_an_error_of_the_students_code_is_explained_to_the_student() -> None:
    source = [DOUBLE, check("test", "assert double(2) == 4")]
    for body, words in (("raise NotImplementedError()", "not solved yet"), ("return [][x]", "IndexError: list index")):
        points, _notes, notebook = run([answer("double", f"def double(x):\n    {body}"), check("test")], source)
        assert points == {"test": 0}
        [(name, message)] = messages_of(notebook, "test")
        assert name == "Mismatch" and words in message


def test_cells_of_the_instructor_that_fail_are_an_error_of_the_examination() -> None:
    with pytest.raises(ExaminationError, match="ZeroDivisionError"):
        run([DOUBLE, check("test")], [plain("data = 1 / 0"), DOUBLE, check("test", "double(data)")])


def test_files_can_be_read_and_not_changed() -> None:
    source = [
        answer("read", "def read(name):\n    return open(name).read()"),
        check("test", "assert read('data/a.txt') == 'given' and read('own.txt') == 'own'"),
    ]
    spoil = plain("open('data/a.txt', 'w').write('spoilt')")
    examination = Examination(
        "lesson", json.dumps(new_notebook(cells=source)).encode(), (("data/a.txt", b"given"),), FAST
    )
    for own in ((("own.txt", b"own"),), (("own.txt", b"own"), ("data/a.txt", b"forged"))):
        notebook = examine(examination, new_notebook(cells=[source[0], check("test")]), own)
        assert determine_grade(notebook.cells[1])[0] == 1
    notebook = examine(examination, new_notebook(cells=[spoil, source[0], check("test")]), (("own.txt", b"own"),))
    assert determine_grade(notebook.cells[2])[0] == 0  # it sees its own copy, and nobody else does
    notebook = examine(examination, new_notebook(cells=[source[0], check("test")]), (("own.txt", b"own"),))
    assert determine_grade(notebook.cells[1])[0] == 1


def test_random_inputs_depend_on_the_seed_of_the_run() -> None:
    source = [
        plain("from autograder.expect import fresh_generator"),
        answer("record", "def record(x):\n    print(x)"),
        check("test", "record(float(fresh_generator(7).random()))"),
    ]
    submission = [source[1], check("test")]
    texts = [outputs_of(run(submission, source, ExamSettings(run_seed=seed))[2], "test")[0].text for seed in (1, 1, 2)]
    assert texts[0] == texts[1] != texts[2]


def test_too_much_output_is_cut_and_costs_nothing() -> None:
    loud = answer("double", "def double(x):\n    print('x' * 3_000_000)\n    return x * 2")
    points, notes, notebook = run([loud, check("test")], [DOUBLE, check("test", "assert double(1) == 2")])
    assert points == {"test": 1}
    assert len(str(notebook)) < 400_000
    assert "The cell test put out more than is kept" in notes


def test_many_at_a_time_do_not_mix() -> None:
    source = [answer("own", "def own():\n    return 1"), check("test", "print(own())\nassert own() == own()")]

    def one(number: int) -> str:
        body = f"def own():\n    print('number', {number})\n    return {number}"
        return str(outputs_of(run([answer("own", body), check("test")], source)[2], "test")[0].text)

    with ThreadPoolExecutor(4) as pool:
        texts = list(pool.map(one, range(8)))
    assert [f"number {number}\n" in text for number, text in enumerate(texts)] == [True] * 8


def test_the_key_depends_on_what_is_run() -> None:
    notebook = new_notebook(cells=[new_markdown_cell("a"), DOUBLE, check("test")])
    other = new_notebook(cells=[new_markdown_cell("a"), answer("double", "other"), check("test")])
    assert content_key(notebook) == content_key(json.loads(json.dumps(notebook), object_hook=NotebookNode))
    assert content_key(notebook) != content_key(other)
