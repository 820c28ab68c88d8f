"""All mutants of a solution: each differs from it by one change, and no two are the same program."""

from __future__ import annotations

import ast
import difflib
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass

import libcst as cst
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider

from autograder.lesson import Exercise, Lesson
from autograder.lesson.regions import SOLUTION
from autograder.mutation.operators import OPERATORS, Surroundings, imported_names, writes_in_place


@dataclass(frozen=True)
class Mutant:
    """A reference solution with one change.

    Attributes:
        exercise: the exercise that it answers.
        operator: what kind of change it is, a key of :data:`autograder.mutation.operators.OPERATORS`.
        line: where the change begins, counted in lesson.py.
        before: the lines that differ as the solution has them, without their common indentation and without comments.
        after: the same lines as the mutant has them.
        source: the whole answer cell with the change, without comments.
    """

    exercise: str
    operator: str
    line: int
    before: str
    after: str
    source: str


def mutants_of(lesson: Lesson) -> list[Mutant]:
    """Return the mutants of every reference solution of a lesson, in the order of the exercises."""
    code = "\n".join(cell.source for cell in lesson.cells if cell.kind == "code")
    imported = imported_names(code)
    return [
        mutant
        for exercise in lesson.exercises
        if not exercise.is_written
        for mutant in _mutants_of_exercise(exercise, imported)
    ]


def _mutants_of_exercise(exercise: Exercise, imported: frozenset[str]) -> Iterator[Mutant]:
    source = _without_comments(exercise.answer.source)
    wrapper = MetadataWrapper(cst.parse_module(source))
    places = _Places(_solution_lines(exercise.answer.source))
    wrapper.visit(places)
    in_place = writes_in_place(source)
    known = {"", _normalised(source)}
    for node, parent in places.found:
        around = Surroundings(parent, imported, in_place)
        for operator, changes in OPERATORS.items():
            for changed in changes(node, around):
                mutated = cst.ensure_type(wrapper.module.deep_replace(node, changed), cst.Module).code
                program = _normalised(mutated)
                if program not in known:
                    known.add(program)
                    first, before, after = _difference(source, mutated)
                    yield Mutant(exercise.name, operator, exercise.answer.line + first, before, after, mutated)


class _Places(cst.CSTVisitor):
    """Collects the nodes of the solution with their parents; what is no code that runs, or only text, is left out."""

    METADATA_DEPENDENCIES = (PositionProvider, ParentNodeProvider)

    def __init__(self, lines: frozenset[int]):
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []
        self._lines = lines
        self._messages: set[cst.CSTNode] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.Annotation, cst.Raise)) or node in self._messages or _is_bare_text(node):
            return False
        if isinstance(node, cst.Assert) and node.msg is not None:
            self._messages.add(node.msg)
        if not isinstance(node, cst.Module) and self.get_metadata(PositionProvider, node).start.line in self._lines:
            self.found.append((node, self.get_metadata(ParentNodeProvider, node)))
        return True


def _is_bare_text(node: cst.CSTNode) -> bool:
    """Return whether a node is a docstring, or another text that stands alone."""
    return isinstance(node, cst.Expr) and isinstance(
        node.value, (cst.SimpleString, cst.ConcatenatedString, cst.FormattedString)
    )


def _solution_lines(source: str) -> frozenset[int]:
    """Return the numbers of the lines between the marks of the solution, counted from 1."""
    lines, inside = set(), False
    for number, line in enumerate(source.split("\n"), start=1):
        if f"BEGIN {SOLUTION}" in line or f"END {SOLUTION}" in line:
            inside = f"BEGIN {SOLUTION}" in line
        elif inside:
            lines.add(number)
    return frozenset(lines)


def _without_comments(source: str) -> str:
    """Return a program with the same lines and without comments: they change no mutant, and need not be quoted."""
    lines = source.split("\n")
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = lines[row - 1][:column].rstrip()
    return "\n".join(lines)


def _normalised(source: str) -> str:
    """Return what tells one program from another; the empty text for what is no program, so that it counts as known."""
    try:
        return ast.dump(ast.parse(source))
    except SyntaxError:
        return ""


def _difference(source: str, mutated: str) -> tuple[int, str, str]:
    """Return the number of the first line that differs, and the differing lines of both."""
    old, new = source.split("\n"), mutated.split("\n")
    changes = [c for c in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes() if c[0] != "equal"]
    _tag, start, _, new_start, _ = changes[0]
    _tag, _, end, _, new_end = changes[-1]
    return start + 1, _stripped(old[start:end]), _stripped(new[new_start:new_end])


def _stripped(lines: list[str]) -> str:
    """Join lines without the indentation that they share."""
    indentation = min((len(line) - len(line.lstrip()) for line in lines if line.strip()), default=0)
    return "\n".join(line[indentation:].rstrip() for line in lines)
