"""Read the notebook file that a student handed in, in whatever state it arrives.

What can be repaired without guessing is repaired and noted; what cannot is refused with the reason
and what the student should do.
"""

from __future__ import annotations

import codecs
import json
import re
from typing import Any

import nbformat
from nbformat import NotebookNode, ValidationError
from nbformat.corpus.words import generate_corpus_id as random_cell_id
from nbformat.v4 import new_notebook
from nbformat.v4.rwbase import rejoin_lines

MOST_BYTES = 100_000_000
"""Size of the largest file that is read at all; a notebook with its outputs cleared has some 100 kB."""

MOST_OUTPUT_BYTES = 1_000_000
"""Size above which a cell's saved outputs are dropped on reading: they do not count for the grade."""

_HAND_IN_AGAIN = "Open the notebook in JupyterLab, save it, check that it opens again, and hand it in once more."
_BYTE_ORDER_MARKS = (  # the longer ones first: UTF-32's little-endian mark begins with UTF-16's
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8 with a byte order mark"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_KINDS_OF_FILE = ((b"%PDF", "a PDF"), (b"PK\x03\x04", "a zip archive"), (b"<", "an HTML or XML page"))
_CELL_METADATA = ("nbgrader", "deletable", "editable")
_CELL_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
_CELL_TYPES = ("code", "markdown", "raw")


class UnreadableSubmission(Exception):
    """A submission that cannot be graded.

    Attributes:
        reason: what is wrong, in a sentence for the student and the instructor.
        advice: what the student should do about it.
    """

    def __init__(self, reason: str, advice: str = _HAND_IN_AGAIN):
        super().__init__(f"{reason} {advice}")
        self.reason = reason
        self.advice = advice


def read_submission(data: bytes) -> tuple[NotebookNode, tuple[str, ...]]:
    """Return the notebook in ``data`` and what had to be done to read it.

    The notebook is a valid one of nbformat 4.5, whatever the file was: of an older format, in
    another encoding, with repeated or missing cell ids, with 30 MB of outputs.

    Args:
        data: the content of the file.

    Raises:
        UnreadableSubmission: if the file is empty, too large, not JSON or not a notebook.
    """
    notes: list[str] = []
    raw = _parse(_decode(data, notes), data)
    return _rebuild(_upgrade(raw, notes), notes), tuple(notes)


def _decode(data: bytes, notes: list[str]) -> str:
    if not data:
        raise UnreadableSubmission("The file is empty (0 bytes).")
    if len(data) > MOST_BYTES:
        raise UnreadableSubmission(
            f"The file has {len(data) / 1e6:.0f} MB; at most {MOST_BYTES / 1e6:.0f} MB are read.",
            "Clear all outputs in JupyterLab (Edit, Clear Outputs of All Cells), save, and hand it in once more.",
        )
    for mark, encoding, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                text = data.decode(encoding)
            except UnicodeDecodeError:
                break  # the mark lied
            notes.append(f"The file was {name} instead of UTF-8; it was converted.")
            return text
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    # Every byte sequence is some Latin-1 text, so this never fails; Windows-1252 is Latin-1 with
    # curly quotes and the like where Latin-1 has control characters.
    try:
        text, name = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:
        text, name = data.decode("latin-1"), "Latin-1"
    notes.append(f"The file was not UTF-8; it was read as {name}, so accented letters may look wrong.")
    return text


def _parse(text: str, data: bytes) -> dict[str, Any]:
    if not text.strip("\0 \t\r\n"):
        raise UnreadableSubmission("The file holds nothing but blank space.")
    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        for start, kind in _KINDS_OF_FILE:
            if data.lstrip().startswith(start):
                raise UnreadableSubmission(
                    f"The file is {kind}, not a notebook.", "Hand in the .ipynb file itself."
                ) from None
        raise UnreadableSubmission(
            f"The file is not valid JSON: line {error.lineno}, column {error.colno}: {error.msg}."
        ) from None
    except (RecursionError, ValueError) as error:
        raise UnreadableSubmission(f"The file is not a notebook that can be read ({error}).") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("cells", raw.get("worksheets")), list):
        raise UnreadableSubmission("The file is JSON, but not a notebook: it has no list of cells.")
    return raw


def _upgrade(raw: dict[str, Any], notes: list[str]) -> dict[str, Any]:
    major, minor = raw.get("nbformat", 4 if "cells" in raw else 3), raw.get("nbformat_minor", 0)
    if major == 4 and "cells" in raw:
        if isinstance(minor, int) and minor < 5:
            notes.append(f"The notebook was of the older format 4.{minor}; it was upgraded to 4.5.")
        return raw
    try:
        upgraded = nbformat.convert(nbformat.from_dict(raw), 4)
    except Exception as error:  # conversions fail in as many ways as there are ways to break a notebook
        raise UnreadableSubmission(
            f"The file says that it is of notebook format {major}, which cannot be read ({type(error).__name__}).",
            "Open it in JupyterLab, copy your answers into the released notebook, and hand that in.",
        ) from None
    notes.append(f"The notebook was of the older format {major}; it was upgraded to 4.5.")
    return dict(upgraded)


def _rebuild(raw: dict[str, Any], notes: list[str]) -> NotebookNode:
    """Make a valid notebook of every cell that is one."""
    notebook = new_notebook()
    metadata = raw.get("metadata")
    for name in ("kernelspec", "language_info", "course", "grading"):
        if isinstance(metadata, dict) and isinstance(metadata.get(name), dict):
            notebook.metadata[name] = nbformat.from_dict(metadata[name])
    taken: set[str] = set()
    strays = dropped = 0
    for raw_cell in raw["cells"]:
        source = raw_cell.get("source", "") if isinstance(raw_cell, dict) else None
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if not isinstance(source, str) or raw_cell.get("cell_type") not in _CELL_TYPES:
            strays += 1
            continue
        cell_id = raw_cell.get("id")
        if not isinstance(cell_id, str) or not _CELL_ID.fullmatch(cell_id) or cell_id in taken:
            cell_id = random_cell_id()
        taken.add(cell_id)
        # nbformat's new_code_cell would validate each cell by itself, which takes longer than all the rest.
        cell = NotebookNode(
            id=cell_id, cell_type=raw_cell["cell_type"], metadata=_cell_metadata(raw_cell), source=source
        )
        if cell.cell_type == "code":
            cell.update(execution_count=None, outputs=[])
            dropped += _copy_outputs(raw_cell, cell)
        elif isinstance(raw_cell.get("attachments"), dict):
            cell.attachments = nbformat.from_dict(raw_cell["attachments"])
        notebook.cells.append(cell)
    if strays:
        notes.append(f"{strays} entries of the file that are not cells were left out.")
    if dropped:
        notes.append(f"Saved outputs of {dropped / 1e6:.0f} MB were dropped on reading; they do not count.")
    return notebook


def _cell_metadata(raw_cell: dict[str, Any]) -> NotebookNode:
    """Keep what grading needs: tags, for one, can make Jupyter skip a cell."""
    metadata = raw_cell.get("metadata")
    if not isinstance(metadata, dict):
        return NotebookNode()
    kept = {name: metadata[name] for name in _CELL_METADATA if name in metadata}
    nbgrader = kept.get("nbgrader")
    if not isinstance(nbgrader, dict) or not isinstance(nbgrader.get("grade_id"), str):
        kept.pop("nbgrader", None)
    made: NotebookNode = nbformat.from_dict(kept)
    return made


def _copy_outputs(raw_cell: dict[str, Any], cell: NotebookNode) -> int:
    """Keep valid outputs of reasonable size; return the bytes that were dropped."""
    outputs = raw_cell.get("outputs")
    if not isinstance(outputs, list) or not outputs:
        return 0
    size = len(json.dumps(outputs))
    if size > MOST_OUTPUT_BYTES:
        return size
    cell.outputs = nbformat.from_dict(outputs)
    try:
        rejoin_lines(NotebookNode(cells=[cell]))
        nbformat.validate(cell, ref="code_cell", version=4, version_minor=5)
    except (ValidationError, AttributeError, KeyError, TypeError):
        cell.outputs = []
    return 0
