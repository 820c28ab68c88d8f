"""Mutants differ from the solution, from each other, and only in code that runs."""

from __future__ import annotations

import ast

from autograder.lesson import read_lesson
from autograder.mutation.mutants import Mutant, mutants_of
from autograder.repository import Repository
from tests.conftest import LESSON, make_course

LONG = '''def dot(a: np.ndarray, b: np.ndarray) -> float:
    """Return the dot product of two vectors of shape (n,)."""
    limit = 5
    ### BEGIN SOLUTION
    if a.shape != b.shape:  # 3 is not 4
        raise ValueError(f"{a.shape} is not {b.shape[0] + 1}" + "8")
    assert a.ndim == 1, "7"
    """Not code either."""
    count: "int" = 0
    products = (
        a
        * b
    )
    return float(products.sum())
    ### END SOLUTION
'''


def lesson_with(repository: Repository, answer: str) -> list[Mutant]:
    """Return the mutants of the tiny lesson with another answer cell."""
    path = repository.course / LESSON / "lesson.py"
    source = path.read_text(encoding="utf-8")
    begin, end = source.index("def dot("), source.index('# %% test="dot"')
    path.write_text(f"{source[:begin]}{answer}\n\n{source[end:]}", encoding="utf-8")
    return mutants_of(read_lesson(repository.course, LESSON))


def test_the_mutants_of_the_tiny_lesson(tmp_path) -> None:
    repository = make_course(tmp_path)
    mutants = mutants_of(read_lesson(repository.course, LESSON))
    assert {(mutant.before, mutant.after) for mutant in mutants} == {
        ("products = a * b", "products = a / b"),
        ("return float(products.sum())", "return products.sum()"),
        ("return float(products.sum())", "return float(products)"),
    }


def test_only_code_that_runs_between_the_marks_is_changed(tmp_path) -> None:
    mutants = lesson_with(make_course(tmp_path), LONG)
    befores = {mutant.before for mutant in mutants}
    assert befores == {
        "if a.shape != b.shape:",
        'assert a.ndim == 1, "7"',
        'count: "int" = 0',
        "a\n* b",
        "return float(products.sum())",
    }
    assert all('"7"' in mutant.after for mutant in mutants if "assert" in mutant.after)
    assert all('"int"' in mutant.after for mutant in mutants if "count" in mutant.after)


def test_every_mutant_is_another_program_and_names_its_line(tmp_path) -> None:
    repository = make_course(tmp_path)
    mutants = lesson_with(repository, LONG)
    programs = {ast.dump(ast.parse(mutant.source)) for mutant in mutants}
    assert len(programs) == len(mutants) > 8
    assert ast.dump(ast.parse(LONG)) not in programs
    lines = (repository.course / LESSON / "lesson.py").read_text(encoding="utf-8").split("\n")
    assert all(lines[mutant.line - 1].strip().startswith(mutant.before.split("\n")[0]) for mutant in mutants)


def test_a_change_that_makes_the_same_program_is_not_counted(tmp_path) -> None:
    answer = "def dot(a, b):\n    ### BEGIN SOLUTION\n    return min(b, b)\n    ### END SOLUTION\n"
    assert [mutant.after for mutant in lesson_with(make_course(tmp_path), answer)] == ["return min(b)", "return b"]


def test_a_change_over_several_lines(tmp_path) -> None:
    call = "np.dot(\n        a,\n        b,\n    )"
    answer = f"def dot(a, b):\n    ### BEGIN SOLUTION\n    return {call}\n    ### END SOLUTION\n"
    order = next(m for m in lesson_with(make_course(tmp_path), answer) if m.operator == "order of arguments")
    assert (order.before, order.after) == ("a,\nb,", "b,\na,")
