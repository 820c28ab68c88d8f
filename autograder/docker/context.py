"""The build context: which files COPY can see, and which of them a source means."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from posixpath import basename, normpath

IGNORE_FILE = ".dockerignore"


def visible(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that ``.dockerignore``, itself one of ``files``, leaves in the context.

    Patterns follow Docker: ``*`` and ``?`` stay within a folder, ``**`` does not, ``!`` takes a file back in, the
    last matching line counts, and a pattern that matches a folder matches everything in it.

    Args:
        files: contents by path, relative to the context, with forward slashes.
    """
    rules = _rules(files.get(IGNORE_FILE, b"").decode())
    return {path: data for path, data in files.items() if not _is_ignored(path, rules)}


def meant(source: str, files: Iterable[str]) -> dict[str, str]:
    """Return the files that a source of COPY means, and each one's path below the destination.

    Args:
        source: a file, a folder, or a pattern with ``*`` and ``?``, relative to the context or to ``/``.
        files: paths relative to the same place, without a leading slash.

    Returns:
        Path of the file -> path below the destination: a folder's files keep their place within it, because COPY
        takes a folder's contents and not the folder; a single file keeps its name.
    """
    wanted = normpath(source).strip("/")
    found: dict[str, str] = {}
    for path in files:
        if wanted in ("", "."):
            found[path] = path
            continue
        parts = path.split("/")
        for count in range(1, len(parts) + 1):
            if _pattern(wanted).fullmatch("/".join(parts[:count])):
                found[path] = basename(path) if count == len(parts) else "/".join(parts[count:])
                break
    return found


def _rules(text: str) -> list[tuple[re.Pattern[str], bool]]:
    rules = []
    for line in text.splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        excludes = not pattern.startswith("!")
        pattern = normpath(pattern.removeprefix("!").strip()).strip("/")
        if pattern != ".":
            rules.append((_pattern(pattern), excludes))
    return rules


def _is_ignored(path: str, rules: list[tuple[re.Pattern[str], bool]]) -> bool:
    parts = path.split("/")
    ancestors = ["/".join(parts[:count]) for count in range(1, len(parts) + 1)]
    ignored = False
    for pattern, excludes in rules:
        if any(pattern.fullmatch(ancestor) for ancestor in ancestors):
            ignored = excludes
    return ignored


@cache
def _pattern(text: str) -> re.Pattern[str]:
    pieces = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    parts = re.split(r"(\*\*/|\*\*|\*|\?|\[[^\]]*\])", text)
    try:
        return re.compile("".join(pieces.get(p) or (p if p.startswith("[") else re.escape(p)) for p in parts))
    except re.error:  # brackets that are no set of characters
        return re.compile(re.escape(text))
