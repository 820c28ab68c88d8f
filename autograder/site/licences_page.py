"""Who made the pictures and data of the lessons, and under which licence they may be used."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from autograder.lesson import Lesson

_SIGN = re.compile(r"[\\`*_{}\[\]<>#|$&~]")
_ADDRESS = re.compile(r"(https?://[^\s;,)]+)")

_INTRODUCTION = """# Licences and sources

The code is BSD-3-Clause. The text and the figures of the lessons are CC BY 4.0. The pictures and data that the lessons
read have licences of their own:"""


def licences_page(lessons: dict[str, tuple[str, Lesson]]) -> str:
    """Return the page in MyST Markdown.

    Args:
        lessons: title and lesson, by the lesson's name.
    """
    texts = [_INTRODUCTION]
    for title, lesson in lessons.values():
        entries = [_entry(file) for folder in lesson.materials for file in _recorded(folder / "SOURCES.toml")]
        if entries:
            texts.append(f"## {title}")
            texts.append("\n".join(entries))
    return "\n\n".join(texts) + "\n"


def _recorded(path: Path) -> list[dict[str, str]]:
    if not path.is_file():
        return []
    files: list[dict[str, str]] = tomllib.loads(path.read_text(encoding="utf-8")).get("file", [])
    return files


def _entry(file: dict[str, str]) -> str:
    facts = [file["author"], file["licence"], f"from {file['source']}"]
    if file.get("changes", "none") != "none":
        facts.append(f"changed: {file['changes']}")
    return f"- **{_verbatim(file['title'])}** ({_verbatim(file['name'])}): {_verbatim('; '.join(facts))}"


def _verbatim(text: str) -> str:
    """Return Markdown that shows ``text`` as it is, with its addresses as links."""
    pieces = _ADDRESS.split(text)  # addresses at the odd places
    return "".join(f"<{piece}>" if odd % 2 else _SIGN.sub(r"\\\g<0>", piece) for odd, piece in enumerate(pieces))
