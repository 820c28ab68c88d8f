"""Read ``lesson.py``: cells with their options, and every mistake with its line and its mend."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.curriculum import Curriculum
from autograder.lesson.model import Cell, Exercise, Lesson, Role
from autograder.lesson.percent import TextBeforeFirstCell, split_percent
from autograder.lesson.regions import HIDDEN_TESTS, SOLUTION, UnpairedMark, has_region, split_regions

FILENAME = "lesson.py"

_OPTION = re.compile(r'\s+(?P<name>\w+)=(?:"(?P<text>[^"]*)"|(?P<number>\d+(?:\.\d+)?))(?=\s|$)')

# Option names that each role must have, beside the one that names the role.
_REQUIRED: dict[Role, dict[str, type]] = {
    Role.PLAIN: {},
    Role.STATEMENT: {},
    Role.HINTS: {},
    Role.EXERCISE: {"minutes": int, "difficulty": int, "question": str},
    Role.TEST: {"points": int},
    Role.WRITTEN: {"points": int, "minutes": int, "difficulty": int, "question": str},
}
_OPENING: dict[str, type] = {"minutes": int, "seconds": float, "megabytes": float}
_KIND = {
    Role.STATEMENT: "markdown",
    Role.HINTS: "markdown",
    Role.EXERCISE: "code",
    Role.TEST: "code",
    Role.WRITTEN: "markdown",
}


@dataclass(frozen=True)
class Problem:
    """One mistake in a lesson file: where, what, and how to mend it."""

    path: Path
    line: int
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what} Mend: {self.mend}"


class SourceError(Exception):
    """A lesson file has mistakes; the text has one line for each."""

    def __init__(self, problems: list[Problem]):
        self.problems = sorted(problems, key=lambda problem: problem.line)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True)
class _RawCell:
    """A cell before its options are judged."""

    kind: str
    source: str
    line: int
    options: dict[str, Any]


def written_lessons(course: Path, curriculum: Curriculum) -> list[str]:
    """Return the names of the lessons that have a ``lesson.py``, in teaching order."""
    return [lesson.name for lesson in curriculum.lessons if (course / lesson.name / FILENAME).is_file()]


def read_lesson(course: Path, name: str) -> Lesson:
    """Read and check ``course/<name>/lesson.py``.

    Raises:
        SourceError: naming every mistake in the file with its line and its mend.
    """
    path = course / name / FILENAME
    problems: list[Problem] = []
    raw_cells = _split_cells(path, problems)
    if problems:
        raise SourceError(problems)
    opening = _opening_options(path, raw_cells[0], problems)
    cells = [
        Cell(
            kind=raw.kind,  # type: ignore[arg-type]
            source=raw.source,
            line=raw.line,
            role=_role(raw),
            exercise=raw.options.get(_role(raw).value, ""),
            points=raw.options.get("points", 0) if _role(raw) in (Role.TEST, Role.WRITTEN) else 0,
        )
        for raw in raw_cells
    ]
    for index, (raw, cell) in enumerate(zip(raw_cells, cells, strict=True)):
        problems += _option_problems(path, raw, cell.role, opens=index == 0)
        problems += _region_problems(path, cell)
        problems += _syntax_problems(path, cell)
    exercises = _gather_exercises(path, raw_cells, cells, problems)
    if problems:
        raise SourceError(problems)
    return Lesson(path, opening["minutes"], opening["seconds"], opening["megabytes"], tuple(cells), exercises)


def _split_cells(path: Path, problems: list[Problem]) -> list[_RawCell]:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        problems.append(Problem(path, 1, "There is no such file.", "write it, or correct the lesson's name."))
        return []
    except UnicodeDecodeError as error:
        problems.append(Problem(path, 1, f"The file is not UTF-8 ({error}).", "save it as UTF-8."))
        return []
    try:
        split = split_percent(text)
    except TextBeforeFirstCell:
        problems.append(
            Problem(
                path, 1, "Something stands before the first cell.", "begin the file with `# %% [markdown] minutes=...`."
            )
        )
        return []
    cells = []
    for cell in split:
        options, rest = _parse_options(cell.options)
        if rest:
            problems.append(
                Problem(
                    path,
                    cell.line,
                    f"The cell option {rest!r} cannot be read.",
                    'write options as name="text" or name=number, after `# %%` or `# %% [markdown]`.',
                )
            )
        cells.append(_RawCell(cell.kind, cell.source, cell.line, options))
    return cells


def _parse_options(text: str) -> tuple[dict[str, Any], str]:
    """Return the options, and what is left that is not an option."""
    options: dict[str, Any] = {}
    position = 0
    while match := _OPTION.match(text, position):
        if match["text"] is not None:
            options[match["name"]] = match["text"]
        else:
            options[match["name"]] = float(match["number"]) if "." in match["number"] else int(match["number"])
        position = match.end()
    return options, text[position:].strip()


def _role(raw: _RawCell) -> Role:
    for role in Role:
        if role.value and role.value in raw.options:
            return role
    return Role.PLAIN


def _opening_options(path: Path, first: _RawCell, problems: list[Problem]) -> dict[str, Any]:
    lines = first.source.splitlines() or [""]
    if first.kind != "markdown" or not lines[0].startswith("# "):
        problems.append(
            Problem(
                path,
                first.line,
                "The first cell is not the title.",
                "begin with a markdown cell whose first line is `# Title`.",
            )
        )
    values: dict[str, Any] = {}
    for name, kind in _OPENING.items():
        value = first.options.get(name)
        if isinstance(value, bool) or not isinstance(value, (int, float)) or value <= 0:
            problems.append(
                Problem(path, first.line, f"The first cell does not state {name}.", f"add {name}=... to its options.")
            )
            value = 1
        values[name] = kind(value)
    return values


def _option_problems(path: Path, raw: _RawCell, role: Role, *, opens: bool) -> Iterator[Problem]:
    required = dict(_REQUIRED[role])
    known = {*required, *([role.value] if role.value else []), *(_OPENING if opens else [])}
    roles = [r.value for r in Role if r.value and r.value in raw.options]
    if len(roles) > 1:
        yield Problem(path, raw.line, f"The cell has two roles: {' and '.join(roles)}.", "make two cells of it.")
        return
    for name in raw.options:
        if name not in known:
            names = ", ".join(sorted(known)) or "none for a plain cell; " + ", ".join(r.value for r in Role if r.value)
            yield Problem(path, raw.line, f"Unknown cell option {name!r}.", f"use one of: {names}.")
    for name, kind in required.items():
        value = raw.options.get(name)
        if value is None:
            example = f'{name}="..."' if kind is str else f"{name}=..."
            yield Problem(path, raw.line, f"The {role.value} cell has no {name}.", f"add {example} to its options.")
        elif not isinstance(value, kind) or (isinstance(value, int) and value < 1):
            wanted = "a whole number of at least 1" if kind is int else "text in double quotes"
            yield Problem(path, raw.line, f"{name}={value!r} is not {wanted}.", "correct the option.")
    difficulty = raw.options.get("difficulty")
    if isinstance(difficulty, int) and not 1 <= difficulty <= 5:
        yield Problem(path, raw.line, f"difficulty={difficulty} is out of range.", "choose 1 (warm-up) to 5.")
    if role in _KIND and raw.kind != _KIND[role]:
        wanted = "`# %% [markdown]`" if _KIND[role] == "markdown" else "`# %%`"
        yield Problem(path, raw.line, f"The {role.value} cell is a {raw.kind} cell.", f"begin it with {wanted}.")
    if role is not Role.PLAIN and not str(raw.options[role.value]).isidentifier():
        yield Problem(
            path,
            raw.line,
            f"{raw.options[role.value]!r} cannot name an exercise.",
            "use a Python identifier, such as top_k.",
        )


def _region_problems(path: Path, cell: Cell) -> Iterator[Problem]:
    for kind, allowed in ((SOLUTION, Role.EXERCISE), (HIDDEN_TESTS, Role.TEST)):
        try:
            split = split_regions(cell.source, kind)
        except UnpairedMark as error:
            yield Problem(path, cell.line + 1 + error.offset, f"There is {error}.", "add the missing mark.")
            continue
        if has_region(cell.source, kind) and cell.role is not allowed:
            yield Problem(
                path,
                cell.line,
                f"A {kind} mark stands outside a cell with {allowed.value}=.",
                f'give the cell {allowed.value}="...".',
            )
        if cell.role is allowed and not any(line.strip() for line in split.inside):
            yield Problem(
                path,
                cell.line,
                f"The {cell.role.value} cell of {cell.exercise} has no {kind.lower()}.",
                f"put it between ### BEGIN {kind} and ### END {kind}.",
            )


def _syntax_problems(path: Path, cell: Cell) -> Iterator[Problem]:
    if cell.kind != "code":
        return
    try:
        tree = ast.parse(cell.source)
    except SyntaxError as error:
        yield Problem(path, cell.line + (error.lineno or 0), f"Not valid Python: {error.msg}.", "correct the code.")
        return
    if cell.role is Role.EXERCISE and cell.exercise not in _defined_names(tree):
        yield Problem(
            path, cell.line, f"The exercise does not define {cell.exercise}.", "define it, or rename the exercise."
        )


def _defined_names(tree: ast.Module) -> set[str]:
    names = set()
    for node in tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, ast.Assign):
            names |= {target.id for target in node.targets if isinstance(target, ast.Name)}
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            names.add(node.target.id)
    return names


def _gather_exercises(
    path: Path, raw_cells: list[_RawCell], cells: list[Cell], problems: list[Problem]
) -> tuple[Exercise, ...]:
    belonging: dict[Role, dict[str, list[Cell]]] = {role: {} for role in Role}
    for cell in cells:
        belonging[cell.role].setdefault(cell.exercise, []).append(cell)
    answers = [
        (raw, cell) for raw, cell in zip(raw_cells, cells, strict=True) if cell.role in (Role.EXERCISE, Role.WRITTEN)
    ]
    first_line: dict[str, int] = {}
    exercises = []
    for raw, cell in answers:
        if cell.exercise in first_line:
            problems.append(
                Problem(
                    path,
                    cell.line,
                    f"The name {cell.exercise} is taken by the exercise in line {first_line[cell.exercise]}.",
                    "rename one of them.",
                )
            )
            continue
        first_line[cell.exercise] = cell.line
        statement = _only(path, belonging, Role.STATEMENT, cell, problems)
        hints = None if cell.role is Role.WRITTEN else _only(path, belonging, Role.HINTS, cell, problems)
        tests = tuple(belonging[Role.TEST].get(cell.exercise, []))
        if cell.role is Role.EXERCISE and not tests:
            problems.append(
                Problem(
                    path,
                    cell.line,
                    f"The exercise {cell.exercise} has no test.",
                    f'add a cell `# %% test="{cell.exercise}" points=...`.',
                )
            )
        problems += [
            Problem(path, test.line, f"The test of {cell.exercise} stands before the exercise.", "move it below.")
            for test in tests
            if test.line < cell.line
        ]
        if statement is not None:
            options = raw.options
            exercises.append(
                Exercise(
                    cell.exercise,
                    options.get("minutes", 0),
                    options.get("difficulty", 0),
                    options.get("question", ""),
                    cell,
                    statement,
                    hints,
                    tests,
                )
            )
    for role in (Role.STATEMENT, Role.HINTS, Role.TEST):
        problems += [
            Problem(path, cell.line, f"There is no exercise {name} for this {role.value} cell.", "correct the name.")
            for name, orphans in belonging[role].items()
            if name not in first_line
            for cell in orphans
        ]
    return tuple(exercises)


def _only(
    path: Path, belonging: dict[Role, dict[str, list[Cell]]], role: Role, answer: Cell, problems: list[Problem]
) -> Cell | None:
    """Return the one cell of this role that the exercise must have."""
    found = belonging[role].get(answer.exercise, [])
    if len(found) == 1:
        return found[0]
    if found:
        problems.append(
            Problem(path, found[1].line, f"{answer.exercise} has two {role.value} cells.", "make one of them.")
        )
        return found[0]
    problems.append(
        Problem(
            path,
            answer.line,
            f"The exercise {answer.exercise} has no {role.value} cell.",
            f'add `# %% [markdown] {role.value}="{answer.exercise}"` before it.',
        )
    )
    return None
