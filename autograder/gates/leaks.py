"""A gate on what the released files contain: no solution, no hidden test, nothing that came from running."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.gates.subject import Finding, Subject
from autograder.lesson import Lesson
from autograder.lesson.regions import HIDDEN_TESTS, SOLUTION, split_regions

_SHORTEST = 6  # shorter lines, such as `else:`, say nothing about a solution
_NOTEBOOK_METADATA = {"kernelspec", "language_info", "course"}
_CELL_METADATA = {"nbgrader", "deletable", "editable", "jupyter", "tags"}
_TAGS = {"raises-exception"}
_TEXT_FILES = {".ipynb", ".py", ".md", ".txt", ".toml", ".json", ".csv", ".svg", ".html", ".yml", ".yaml"}


def nothing_leaks(subject: Subject) -> Iterator[Finding]:
    """No line of a solution or a hidden test, no output, attachment or stray metadata is in a released file."""
    secrets = private_lines(subject.lesson)
    for path in sorted((subject.repository.exercises / subject.name).rglob("*")):
        if path.suffix not in _TEXT_FILES or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        strings = list(_strings(json.loads(text))) if path.suffix == ".ipynb" else [text]
        for secret in secrets:
            if any(secret in string for string in strings):
                yield Finding(
                    str(path),
                    f"it contains the private line {secret!r}.",
                    "run `course build`, and search lesson.py for it.",
                )
    yield from _stray_content(subject.repository.exercise_notebook(subject.name))


def outputs_name_no_machine(subject: Subject) -> Iterator[Finding]:
    """No output of the solved notebook names a folder of the machine that ran it."""
    built = subject.built_solution
    folders = {str(Path.home()), str(subject.repository.root), tempfile.gettempdir()} - {"/"}
    path = subject.repository.solution_notebook(subject.name)
    for cell in built.cells if built else []:
        text = "\n".join(_strings(cell.get("outputs", [])))
        for folder in sorted(folder for folder in folders if f"{folder}/" in text):
            place = f"{path} ({cell.source.strip().splitlines()[0]!r})"
            yield Finding(place, f"an output names {folder}/.", "print names, not whole paths.")


def private_lines(lesson: Lesson) -> list[str]:
    """Return the lines of solutions and hidden tests that stand nowhere in the public text."""
    private: set[str] = set()
    public: list[str] = []
    for cell in lesson.cells:
        rest = cell.source
        for kind in (SOLUTION, HIDDEN_TESTS):
            split = split_regions(rest, kind)
            private |= {line.strip() for line in split.inside}
            rest = "\n".join(split.outside)
        public.append(rest)
    everything_public = "\n".join(public)
    return sorted(line for line in private if len(line) >= _SHORTEST and line not in everything_public)


def _strings(value: Any) -> Iterator[str]:
    """Every string in a JSON value; a notebook's lists of lines are joined as well."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        if value and all(isinstance(item, str) for item in value):
            yield "".join(value)
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        yield from value
        for item in value.values():
            yield from _strings(item)


def _stray_content(path: Path) -> Iterator[Finding]:
    if not path.is_file():
        return
    notebook = json.loads(path.read_text(encoding="utf-8"))
    mend = "run `course build`."
    for key in sorted(set(notebook["metadata"]) - _NOTEBOOK_METADATA):
        yield Finding(str(path), f"its metadata has {key!r}.", mend)
    for number, cell in enumerate(notebook["cells"], start=1):
        place = f"{path} (cell {number})"
        for key in sorted(set(cell["metadata"]) - _CELL_METADATA):
            yield Finding(place, f"its metadata has {key!r}.", mend)
        for tag in sorted(set(cell["metadata"].get("tags", ())) - _TAGS):
            yield Finding(place, f"it has the tag {tag!r}.", mend)
        if cell.get("outputs") or cell.get("execution_count"):
            yield Finding(place, "it carries an output.", mend)
        if cell.get("attachments"):
            yield Finding(place, "it carries an attachment.", "put the file into images/ or data/ and link it.")
