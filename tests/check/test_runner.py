"""A check says what is true of the learner's own objects, and leaves them alone."""

from __future__ import annotations

import builtins
import json
from typing import Any

import numpy as np
import pytest

from autograder.check.lesson_tests import LessonTests, all_tests_of, find_tests, visible_tests_of
from autograder.check.report import Report, State, as_text
from autograder.check.runner import check_exercise
from autograder.lesson import Lesson, read_lesson
from autograder.repository import Repository
from tests.conftest import LESSON, SOURCE, make_course

RIGHT = "def dot(a, b):\n    return float(a @ b)\n"
TWO_TESTS = SOURCE.replace(
    '# %% [markdown] statement="explain"',
    '# %% test="dot" points=2\nlong = np.arange(3.0)\nexpect(dot, long, long).returns(5.0)\n1.5\n'
    "### BEGIN HIDDEN TESTS\nexpect(dot, long, -long).returns(-5.0)\n1.5\n### END HIDDEN TESTS\n\n"
    '# %% [markdown] statement="explain"',
)


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    return read_lesson(make_course(tmp_path_factory.mktemp("check")).course, LESSON)


@pytest.fixture(scope="module")
def tests(lesson: Lesson) -> LessonTests:
    return all_tests_of(lesson)


def names_after(source: str) -> dict[str, Any]:
    """Return the names of a notebook in which the set-up cell and ``source`` have run."""
    names: dict[str, Any] = {"__name__": "__main__"}
    exec("import numpy as np\nfrom autograder.expect import expect\n", names)
    exec(compile(source, "<cell your answer>", "exec"), names)
    return names


def check(tests: LessonTests, source: str) -> Report:
    return check_exercise(tests, "dot", names_after(source))


def test_a_right_answer_passes_with_all_points(tests: LessonTests) -> None:
    report = check(tests, RIGHT)
    assert (report.state, report.points, report.best, report.checks) == (State.PASSED, 2.0, 2.0, 3)
    assert report.complete


def test_a_visible_mistake_shows_its_message_first(tests: LessonTests) -> None:
    report = check(tests, "def dot(a, b):\n    return a * b\n")
    assert (report.state, report.points, report.checks) == (State.FAILED, 0.0, 0)
    assert report.headline == "dot(...) is wrong"
    assert report.fields[0] == ("cause", "You multiplied and did not add.")
    assert [name for name, _ in report.fields] == ["cause", "call", "got", "expected"]
    assert report.section == "The exercise"


def test_a_hidden_mistake_says_how_many_checks_held(tests: LessonTests) -> None:
    report = check(tests, "def dot(a, b):\n    return float(abs(a @ b))\n")
    assert report.checks == 2
    assert dict(report.fields)["cause"] == "You lost a sign."
    assert "2 checks held, then this one failed." in as_text(report)
    assert "expect(" not in as_text(report)


def test_the_stub_is_unsolved(tests: LessonTests) -> None:
    report = check(tests, "def dot(a, b):\n    raise NotImplementedError()\n")
    assert report.state is State.UNSOLVED
    assert report.headline.startswith("dot is not solved yet")


def test_a_written_exercise_is_left_to_a_person(tests: LessonTests) -> None:
    assert check_exercise(tests, "explain", {}).state is State.WRITTEN


@pytest.mark.parametrize(
    ("missing", "says"),
    [("dot", "Run your answer cell first"), ("np", "the tests need `np`"), ("expect", "the tests need `expect`")],
)
def test_a_name_that_is_missing_is_no_failure(tests: LessonTests, missing: str, says: str) -> None:
    names = names_after(RIGHT)
    del names[missing]
    report = check_exercise(tests, "dot", names)
    assert report.state is State.NOT_RUN
    assert says in report.headline


def test_a_given_name_that_only_the_answer_needs_is_no_failure(tmp_path) -> None:
    source = SOURCE.replace(
        "from autograder.expect import expect\n", "from autograder.expect import expect\nLIMIT = 5\n"
    )
    lesson = read_lesson(make_course(tmp_path, source).course, LESSON)
    names = names_after("def dot(a, b):\n    return float(a @ b) if LIMIT else 0\n")
    report = check_exercise(all_tests_of(lesson), "dot", names)
    assert report.state is State.NOT_RUN
    assert "your code uses `LIMIT`" in report.headline


def test_the_notebook_is_left_as_it_was(tests: LessonTests) -> None:
    names = names_after(RIGHT)
    before = dict(names)
    check_exercise(tests, "dot", names)
    assert names == before
    assert "empty_vector" not in names


def test_tests_take_what_they_import_from_the_libraries(tests: LessonTests) -> None:
    assert check(tests, f"{RIGHT}\nnp = 3\nexpect = print\n").state is State.PASSED


def test_an_answer_that_fails_because_of_an_overwritten_name_is_told_so(tests: LessonTests) -> None:
    report = check(tests, "def dot(a, b):\n    return float(np.dot(a, b))\nnp = 3\n")
    assert report.state is State.FAILED
    assert "gave `np` another value" in dict(report.fields)["note"]
    report = check(tests, "def dot(a, b):\n    return float(sum(a * b))\nsum = 3\n")
    assert "covers Python's own `sum`" in dict(report.fields)["note"]
    assert sum is builtins.sum


def test_an_error_of_the_answer_is_explained_with_its_line(tests: LessonTests) -> None:
    report = check(tests, "def dot(a, b):\n    return a[7] * b\n")
    fields = dict(report.fields)
    assert fields["got"].startswith("IndexError")
    assert "in dot, line 2" in fields["got"]
    assert "Print the shape" in fields["cause"]


def test_leaving_the_program_is_a_failure_and_an_interrupt_is_none(tests: LessonTests) -> None:
    report = check(tests, "def dot(a, b):\n    raise SystemExit\n")
    assert report.state is State.FAILED
    assert "SystemExit" in report.headline
    report = check(tests, "def dot(a, b):\n    raise KeyboardInterrupt\n")
    assert report.state is State.STOPPED
    assert "in dot, line 2" in report.headline


def test_prints_are_muted_except_those_of_the_call_that_failed(
    tests: LessonTests, capsys: pytest.CaptureFixture[str]
) -> None:
    report = check(tests, "def dot(a, b):\n    print('size', a.size)\n    return float(abs(a @ b))\n")
    assert dict(report.fields)["printed"] == "size 2"
    assert "printed" not in dict(check(tests, f"{RIGHT}print('once')").fields)
    assert capsys.readouterr().out == "once\n"


def test_each_test_has_its_points_and_the_first_failure_is_shown(tmp_path) -> None:
    tests = all_tests_of(read_lesson(make_course(tmp_path, TWO_TESTS).course, LESSON))
    report = check_exercise(tests, "dot", names_after(RIGHT))
    assert (report.state, report.points, report.best) == (State.PASSED, 3.5, 4.0)
    report = check_exercise(tests, "dot", names_after("def dot(a, b):\n    return float(abs(a @ b))\n"))
    assert [(each.passed, each.points) for each in report.tests] == [(False, 0.0), (False, 0.0)]
    report = check_exercise(tests, "dot", names_after("def dot(a, b):\n    return 0.0 if not a.size else 5.0\n"))
    assert report.checks == 0
    constant = "def dot(a, b):\n    return float(a @ b) if a.size < 3 else 1.0\n"
    report = check_exercise(tests, "dot", names_after(constant))
    assert (report.points, report.checks) == (2.0, 3)
    assert "test 1: 2 of 2 points; test 2: 0 of 2 points." in as_text(report)


def test_without_the_source_only_visible_tests_run_and_the_report_says_so(repository: Repository) -> None:
    notebook = json.loads(repository.exercise_notebook(LESSON).read_bytes())
    tests = visible_tests_of(notebook, LESSON, "this is a copy.")
    from_source = all_tests_of(read_lesson(repository.course, LESSON))
    for visible, known in zip(tests.exercises, from_source.exercises, strict=True):
        assert (visible.name, visible.title, visible.section, visible.points, visible.is_written, visible.hints) == (
            known.name,
            known.title,
            known.section,
            known.points,
            known.is_written,
            known.hints,
        )
    report = check(tests, "def dot(a, b):\n    return float(abs(a @ b))\n")  # only a hidden test finds this
    assert (report.state, report.checks, report.complete) == (State.VISIBLE_PASSED, 1, False)
    assert "Hidden tests are not available here: this is a copy." in as_text(report)


def test_deleted_tests_are_named(repository: Repository) -> None:
    notebook = json.loads(repository.exercise_notebook(LESSON).read_bytes())
    notebook["cells"] = [cell for cell in notebook["cells"] if "# Tests of" not in "".join(cell["source"])]
    report = check(visible_tests_of(notebook, LESSON, "x"), RIGHT)
    assert report.state is State.NOT_RUN
    assert "Mend:" in report.headline


def test_a_changed_source_is_read_again(repository: Repository) -> None:
    path = repository.course / LESSON / "lesson.py"
    assert find_tests(LESSON, repository.course, None).exercise("dot").points == 2
    path.write_text(path.read_text(encoding="utf-8").replace('test="dot" points=2', 'test="dot" points=10'))
    assert find_tests(LESSON, repository.course, None).exercise("dot").points == 10


def test_a_source_with_a_mistake_leaves_the_visible_tests(repository: Repository) -> None:
    path = repository.course / LESSON / "lesson.py"
    path.write_text(path.read_text(encoding="utf-8").replace("difficulty=1", "difficulty=9"))
    found = find_tests(LESSON, repository.course, repository.exercise_notebook(LESSON))
    assert "difficulty=9 is out of range" in found.why_incomplete


def test_the_count_of_the_cell_itself_is_not_touched(tests: LessonTests) -> None:
    from autograder.expect import Expectation

    before = Expectation.made
    check(tests, RIGHT)
    assert Expectation.made == before


def test_arrays_that_the_answer_is_given_are_its_own(tests: LessonTests) -> None:
    names = names_after(RIGHT)
    names["mine"] = np.ones(3)
    check_exercise(tests, "dot", names)
    assert np.array_equal(names["mine"], np.ones(3))
