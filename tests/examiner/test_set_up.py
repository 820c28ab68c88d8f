"""Which of the instructor's cells the examiner runs before the tests."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.examiner.set_up import SetUp, read_set_up


def _cell(source: str, grade_id: str = "", *, grade: bool = False, solution: bool = False):
    metadata = {"nbgrader": {"grade_id": grade_id, "grade": grade, "solution": solution}} if grade_id else {}
    return new_code_cell(source, metadata=metadata)


def _set_up(*before: str, test: str = "assert f(data) == 3") -> SetUp:
    cells = [new_markdown_cell("# Title")]
    cells += [_cell(source) for source in before]
    cells += [
        _cell("import math\ndef f(x):\n    return helper(x)\nlimit = 3", "f", solution=True),
        _cell(test, "test_f", grade=True),
    ]
    return read_set_up(new_notebook(cells=cells))


def _run(set_up: SetUp) -> list[str]:
    return [cell.source.strip() for cell in set_up.cells_to_run if not cell.is_exercise]


@pytest.mark.parametrize(
    "needed",
    [
        "data = 1",
        "data, other = 1, 2",
        "for data in range(3):\n    pass",
        "with open('x') as data:\n    pass",
        "import numpy as data",
        "from numpy import array as data",
        "def data(): pass",
        "class data: pass",
        "if True:\n    data = 1",
        "data[0] = 1",
        "data.x = 1",
        "data += 1",
        "data.append(1)",
        "(data := 1)",
    ],
)
def test_a_cell_that_defines_or_changes_a_name_of_the_test_is_run(needed):
    assert _run(_set_up(needed)) == [needed]


@pytest.mark.parametrize(
    "other",
    [
        "plot(data)",
        "print(data.mean())",
        "numbers = [data for data in range(3)]",
        "def other(data):\n    data = 1",
        "other = lambda data: data",
        "unused = 1",
    ],
)
def test_a_cell_that_only_reads_is_not_run(other):
    assert _run(_set_up("data = 1", other)) == ["data = 1"]


def test_what_needed_cells_need_is_run_too_in_the_order_of_the_notebook():
    cells = [
        "import numpy as np",
        "start = np.zeros(3)",
        "def load():\n    return start + shift",
        "shift = 1",
        "data = load()",
    ]
    assert _run(_set_up(*cells, "plot(start)")) == cells


def test_what_annotations_name_is_needed_because_python_evaluates_them():
    cells = ["import numpy as np", "Image = np.ndarray", "def data(x: Image) -> 'int': ..."]
    assert _run(_set_up(*cells)) == cells


def test_names_of_any_code_bring_the_ordinary_cells_that_define_them():
    set_up = _set_up("data = 1", "start = 2", "helper = start", "other = 3")
    found = [cell.source.strip() for cell in set_up.cells_for({"helper", "f"})]
    assert found == ["data = 1", "start = 2", "helper = start"]


def test_calls_on_modules_do_not_count_as_changes():
    cells = ["import matplotlib.pyplot as plt", "plt.title('a slow figure')", "data = plt"]
    assert _run(_set_up(*cells)) == [cells[0], cells[2]]


def test_a_name_that_only_an_earlier_test_defines_brings_that_test():
    cells = [
        _cell("def f(): ...", "f", solution=True),
        _cell("expected = 3\nassert f() == expected", "test_1", grade=True),
        _cell("assert f() == expected", "test_2", grade=True),
        _cell("rng = 1\nassert rng", "test_3", grade=True),
        _cell("rng = 2\nassert rng", "test_4", grade=True),
    ]
    assert [cell.grade_id for cell in read_set_up(new_notebook(cells=cells)).cells_to_run] == ["f", "test_1"]


def test_names_that_the_student_answers_for():
    set_up = _set_up(test="assert f(limit) == math.pi")
    functions, variables = set_up.answered_by_student(set_up.tests["test_f"])
    assert functions == {"f"}
    assert variables == {"limit"}


def test_magics_are_read_as_calls():
    set_up = _set_up("%matplotlib inline\ndata = 1")
    assert "run_line_magic" in _run(set_up)[0]
