"""Gates on what is read: headings, links, hints, text alternatives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from autograder.gates.subject import Finding, Subject
from autograder.lesson import Cell

_HEADING = re.compile(r"^(#{1,6}) +(.+?)\s*$", re.MULTILINE)
_FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
_CODE_SPAN = re.compile(r"`[^`\n]+`")
_IMAGE = re.compile(r"!\[(?P<alt>[^\]]*)\]\((?P<target>[^)\s]+)[^)]*\)")
_LINK = re.compile(r"(?<!!)\[[^\]]+\]\((?P<target>[^)\s]+)[^)]*\)")
_IMG_TAG = re.compile(r"<img\b[^>]*>", re.IGNORECASE)
_ALT = re.compile(r'\balt="[^"]+"', re.IGNORECASE)
_FEWEST_HINTS = 3


def one_top_heading(subject: Subject) -> Iterator[Finding]:
    """The notebook has one top heading, and no heading skips a level."""
    level = 0
    tops = 0
    for cell, text in _prose(subject):
        for match in _HEADING.finditer(text):
            depth = len(match[1])
            tops += depth == 1
            place = f"{subject.lesson.path}:{cell.line}"
            if depth == 1 and tops > 1:
                yield Finding(place, f"a second top heading: {match[2]!r}.", "use ## for sections.")
            if depth > level + 1:
                yield Finding(place, f"the heading {match[2]!r} skips a level.", f"use {'#' * (level + 1)}.")
            level = depth


def links_resolve(subject: Subject) -> Iterator[Finding]:
    """Every relative link and image leads to a file, every #anchor to a heading."""
    anchors = {
        match[2].strip().replace(" ", "-") for _cell, text in _prose(subject) for match in _HEADING.finditer(text)
    }
    folder = subject.repository.exercises / subject.name
    for cell, text in _prose(subject):
        for pattern in (_LINK, _IMAGE):
            for match in pattern.finditer(text):
                target = match["target"]
                place = f"{subject.lesson.path}:{cell.line}"
                if target.startswith(("https://", "mailto:", "attachment:")):
                    continue
                if target.startswith("http://"):
                    yield Finding(place, f"{target} is not encrypted.", "use https.")
                elif target.startswith("#"):
                    if target[1:] not in anchors:
                        yield Finding(place, f"no heading for {target}.", "correct the anchor: spaces become hyphens.")
                elif not _exists(folder, target):
                    yield Finding(
                        place, f"{target} leads nowhere.", "correct the path; it is relative to the notebook."
                    )


def images_have_alternatives(subject: Subject) -> Iterator[Finding]:
    """Every image in the text and every figure in an output has a text alternative."""
    for cell, text in _prose(subject):
        place = f"{subject.lesson.path}:{cell.line}"
        for match in _IMAGE.finditer(text):
            if not match["alt"].strip():
                yield Finding(
                    place, f"the image {match['target']} has no text alternative.", "write it in the brackets."
                )
        for match in _IMG_TAG.finditer(text):
            if not _ALT.search(match[0]):
                yield Finding(place, "an <img> has no alt text.", 'add alt="...".')
    built = subject.built_solution
    for cell in built.cells if built else []:
        for output in cell.get("outputs", []):
            for mime in output.get("data", {}):
                if mime.startswith("image/") and not output.get("metadata", {}).get(mime, {}).get("alt", "").strip():
                    first_line = cell.source.strip().split("\n")[0]
                    yield Finding(
                        f"{subject.repository.solution_notebook(subject.name)} ({first_line!r})",
                        "a figure has no text alternative.",
                        'show it with show(figure, "what it shows").',
                    )


def hints_are_there(subject: Subject) -> Iterator[Finding]:
    """Every exercise with code has at least three folded hints."""
    for exercise in subject.lesson.exercises:
        if exercise.hints is None:
            continue
        place = f"{subject.lesson.path}:{exercise.hints.line}"
        text = exercise.hints.source
        opened, closed, titled = text.count("<details>"), text.count("</details>"), text.count("<summary>")
        if opened < _FEWEST_HINTS:
            yield Finding(
                place,
                f"{exercise.name} has {opened} hints.",
                "write three or more <details>: the idea, the function to look at, the mistake that is likely.",
            )
        if not opened == closed == titled:
            yield Finding(place, "a <details> is not closed, or has no <summary>.", "pair them.")


def _prose(subject: Subject) -> Iterator[tuple[Cell, str]]:
    """Markdown cells with their code taken out."""
    for cell in subject.lesson.cells:
        if cell.kind == "markdown":
            yield cell, _CODE_SPAN.sub("", _FENCE.sub("", cell.source))


def _exists(folder: Path, target: str) -> bool:
    return (folder / target.split("#")[0]).exists()
