"""Bring what a learner wrote into a newer release of the notebook.

Answers go into their cells, by nbgrader's ids. The learner's own cells follow the cell that they followed.
Everything else is the new release. A given cell that the learner has changed is kept, marked, below the new one.
"""

from __future__ import annotations

import ast
import copy
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.utils import compute_checksum

GONE_HEADING = "## Your answers to exercises that are gone"
_BUILT_ID = re.compile(r"([0-9a-f]{12})(-\d+)?")
_CELL_ID = re.compile(r"[a-zA-Z0-9-_]{1,64}")
_YOUR_VERSION = "**Your version of the cell above.** The cell above is the released one, and it is the one that counts."
_YOUR_OTHER_ANSWER = "**Another answer of yours to the exercise above.** The cell above is the one that counts."


@dataclass(frozen=True)
class Merged:
    """A release with a learner's work in it.

    Attributes:
        notebook: the notebook.
        answers: the answer cells that hold the learner's text.
        own_cells: number of cells that the learner had added.
        kept_aside: number of given cells that the learner had changed, kept below the new ones.
        gone: answers to exercises that the release does not have, kept at the end.
        regiven: answers whose cell as given (signature, docstring) is another one now.
        missing: exercises whose answer cell the learner's notebook did not have.
    """

    notebook: NotebookNode
    answers: tuple[str, ...]
    own_cells: int
    kept_aside: int
    gone: tuple[str, ...]
    regiven: tuple[str, ...]
    missing: tuple[str, ...]


def merge(
    mine: NotebookNode, release: NotebookNode, past: Sequence[NotebookNode] = (), into: NotebookNode | None = None
) -> Merged:
    """Return ``release`` with everything that the learner wrote in ``mine``.

    Args:
        mine: the learner's notebook, of any older release, in any state.
        release: the released notebook of now.
        past: earlier releases, as far as they are known. Without them, a cell counts as changed by its id, which is
            made from the text that was released.
        into: a notebook of ``release`` in which the learner has already worked; its answers win.
    """
    return _Merge(mine, release, past, into or release).result()


def plain(text: str) -> str:
    """Return a text without what nobody sees: the kind of line ends, blanks at the ends of lines, blank ends."""
    return "\n".join(line.rstrip() for line in _unix(text).split("\n")).strip("\n")


def grade_id(cell: NotebookNode) -> str:
    """Return nbgrader's id of a cell; "" if it has none."""
    found = cell.metadata.get("nbgrader", {}).get("grade_id", "")
    return found if isinstance(found, str) else ""


def is_answer(cell: NotebookNode) -> bool:
    """Return whether a learner is meant to write in a cell."""
    return bool(cell.metadata.get("nbgrader", {}).get("solution"))


class _Fate(Enum):
    """What becomes of a cell of the learner's notebook."""

    GIVEN = auto()  # as it was released: the new release has what takes its place
    ANSWER = auto()
    OWN = auto()
    EDITED = auto()
    GONE = auto()  # an answer without an exercise


@dataclass
class _Work:
    """A cell of the learner's notebook.

    Attributes:
        cell: the cell.
        place: position of the target's cell that it is a version of; None if there is none.
        fate: what becomes of it.
    """

    cell: NotebookNode
    place: int | None = None
    fate: _Fate = _Fate.OWN


@dataclass
class _Memory:
    """What earlier releases looked like."""

    texts: Counter[str] = field(default_factory=Counter)
    stubs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def learn(self, notebook: NotebookNode) -> None:
        """Take down the cells of a release."""
        texts = Counter(plain(cell.source) for cell in notebook.cells)
        self.texts |= texts
        for cell in notebook.cells:
            if is_answer(cell):
                self.stubs[grade_id(cell)].add(plain(cell.source))


class _Merge:
    def __init__(
        self, mine: NotebookNode, release: NotebookNode, past: Sequence[NotebookNode], target: NotebookNode
    ) -> None:
        self._target = target
        self._works = [_Work(cell) for cell in mine.cells]
        self._memory = _Memory()
        for notebook in (release, *past):
            self._memory.learn(notebook)
        self._stubs = {grade_id(cell): plain(cell.source) for cell in release.cells if is_answer(cell)}
        base = mine.metadata.get("course", {}).get("release")
        self._base = next((p for p in past if p.metadata.get("course", {}).get("release") == base), None)
        self._taken_ids: set[str] = {cell.id for cell in target.cells}

    def result(self) -> Merged:
        self._claim()
        for work in self._works:
            work.fate = self._fate(work)
        return self._assemble(self._anchors())

    # Which cell of the target is it a version of?

    def _claim(self) -> None:
        cells = self._target.cells
        free = set(range(len(cells)))

        def take(work: _Work, place: int) -> None:
            work.place = place
            free.discard(place)

        by_grade_id = {grade_id(cell): place for place, cell in enumerate(cells) if grade_id(cell)}
        for name, works in self._by_grade_id().items():
            if name in by_grade_id:
                take(self._chosen(works), by_grade_id[name])
        by_id = {cell.id: place for place, cell in enumerate(cells)}
        for work in self._unplaced():
            place = by_id.get(work.cell.id)
            if place in free and not grade_id(work.cell):
                take(work, place)
        lost_ids = not any(work.place is not None and work.cell.id in by_id for work in self._works)
        by_text: dict[str, list[int]] = defaultdict(list)
        for place in sorted(free, reverse=True):
            by_text[plain(cells[place].source)].append(place)
        for work in self._unplaced():
            places = by_text[plain(work.cell.source)]
            if places and not grade_id(work.cell):
                take(work, places.pop())
        for place in sorted(free):
            if is_answer(cells[place]) and cells[place].cell_type == "code":
                name = grade_id(cells[place])
                works = [w for w in self._unplaced() if not grade_id(w.cell) and name in _defined(w.cell)]
                if works:
                    take(works[-1], place)
        self._lost_ids = lost_ids

    def _by_grade_id(self) -> dict[str, list[_Work]]:
        found: dict[str, list[_Work]] = defaultdict(list)
        for work in self._works:
            if grade_id(work.cell):
                found[grade_id(work.cell)].append(work)
        return found

    def _chosen(self, works: list[_Work]) -> _Work:
        """Of repeated cells the last one counts, as in grading, but never one in which nothing was written."""
        written = [work for work in works if not self._is_as_released(work.cell)]
        return (written or works)[-1]

    def _unplaced(self) -> Iterator[_Work]:
        return (work for work in self._works if work.place is None)

    # What becomes of it?

    def _fate(self, work: _Work) -> _Fate:
        cell, as_released = work.cell, self._is_as_released(work.cell)
        if work.place is not None:
            target = self._target.cells[work.place]
            if plain(cell.source) == plain(target.source) and not _has_attachments(cell):
                return _Fate.GIVEN
            if is_answer(target):
                if as_released or self._is_stub(grade_id(target), cell):
                    return _Fate.GIVEN
                is_free = plain(target.source) in ("", self._stubs.get(grade_id(target)))
                return _Fate.ANSWER if is_free else _Fate.EDITED
            return _Fate.GIVEN if as_released else _Fate.EDITED
        if as_released:
            return _Fate.GIVEN
        name = grade_id(cell)
        if name and is_answer(cell):
            return _Fate.OWN if name in self._stubs else _Fate.GONE
        if name or _BUILT_ID.fullmatch(cell.id):
            return _Fate.EDITED
        return _Fate.OWN

    def _is_as_released(self, cell: NotebookNode) -> bool:
        """Return whether a cell is what some release gave out, so that nothing in it is the learner's."""
        if _has_attachments(cell):
            return False
        text, name = plain(cell.source), grade_id(cell)
        if not text:
            return True
        if name:
            metadata = cell.metadata["nbgrader"]
            if is_answer(cell) and self._is_stub(name, cell):
                return True
            try:
                return bool(metadata.get("checksum") == compute_checksum(cell)) or (
                    not is_answer(cell) and text in self._memory.texts
                )
            except (KeyError, TypeError, ValueError):  # metadata that somebody has changed
                return False
        built = _BUILT_ID.fullmatch(cell.id)
        if built:
            return hashlib.sha256(cell.source.encode()).hexdigest()[:12] == built[1] or text in self._memory.texts
        return self._lost_ids and text in self._memory.texts

    def _is_stub(self, name: str, cell: NotebookNode) -> bool:
        return not _has_attachments(cell) and plain(cell.source) in {"", *self._memory.stubs[name]}

    _lost_ids = False  # whether the ids were replaced by others; known once cells have been claimed

    # Where does it go?

    def _anchors(self) -> list[int]:
        """Return for each of the learner's cells the position of the target's cell that it goes with; -1: the top."""
        anchors: list[int] = []
        placed = [work.place for work in self._works]
        start = 0
        before = -1
        for end in range(len(placed) + 1):
            place = placed[end] if end < len(placed) else len(self._target.cells)
            if place is None:
                continue
            anchors += self._anchors_between(self._works[start:end], before, place)
            if end < len(placed):
                anchors.append(place)
                before, start = place, end + 1
        return anchors

    def _anchors_between(self, works: list[_Work], before: int, after: int) -> Iterator[int]:
        """Between two cells that the target has: old given cells go with the new ones there, in order."""
        claimed = {work.place for work in self._works}
        new = [place for place in range(before + 1, after) if place not in claimed]
        anchor, met = before, 0
        for work in works:
            if work.fate in (_Fate.GIVEN, _Fate.EDITED) and new:
                anchor = new[min(met, len(new) - 1)]
                met += 1
            yield anchor

    # The new notebook

    def _assemble(self, anchors: list[int]) -> Merged:
        following: dict[int, list[NotebookNode]] = defaultdict(list)
        answers: dict[int, NotebookNode] = {}
        gone: list[_Work] = []
        present = {cell.source for cell in self._target.cells}
        own = aside = 0
        for work, anchor in zip(self._works, anchors, strict=True):
            if work.fate is _Fate.ANSWER:
                assert work.place is not None
                answers[work.place] = _answered(self._target.cells[work.place], work.cell)
            elif work.fate is _Fate.OWN:
                following[anchor].append(self._own(work.cell))
                own += 1
            elif work.fate is _Fate.EDITED:
                is_other = work.place is not None and is_answer(self._target.cells[work.place])
                kept = self._aside(work.cell, _YOUR_OTHER_ANSWER if is_other else _YOUR_VERSION)
                if kept.source not in present:  # it is, if an update was broken off and begins again
                    following[anchor].append(self._with_id(kept))
                    aside += 1
            elif work.fate is _Fate.GONE:
                gone.append(work)
        cells = list(following[-1])
        for place, cell in enumerate(self._target.cells):
            cells += [answers.get(place) or copy.deepcopy(cell), *following[place]]
        if gone and not any(cell.source == GONE_HEADING for cell in cells):
            cells.append(self._with_id(new_markdown_cell(GONE_HEADING)))
        cells += [self._own(work.cell) for work in gone]
        notebook = copy.deepcopy(self._target)
        notebook.cells = cells
        names = tuple(grade_id(cell) for _place, cell in sorted(answers.items()))
        gone_names = tuple(dict.fromkeys(grade_id(work.cell) for work in gone))
        return Merged(notebook, names, own, aside, gone_names, tuple(self._regiven(names)), tuple(self._missing()))

    def _regiven(self, names: Iterable[str]) -> Iterator[str]:
        """Yield the answers whose stub is another one than in the release that the learner began with."""
        if self._base is None:
            return
        old = {grade_id(cell): plain(cell.source) for cell in self._base.cells if is_answer(cell)}
        for name in names:
            if name in old and old[name] != self._stubs[name]:
                yield name

    def _missing(self) -> Iterator[str]:
        claimed = {work.place for work in self._works}
        return (
            grade_id(cell) for place, cell in enumerate(self._target.cells) if is_answer(cell) and place not in claimed
        )

    def _own(self, cell: NotebookNode) -> NotebookNode:
        """Return a cell as one of the learner's own: not graded, free to be changed."""
        kept = copy.deepcopy(cell)
        kept.source = _unix(kept.source)
        if kept.metadata.pop("nbgrader", None) is not None:
            kept.metadata.pop("deletable", None)
            kept.metadata.pop("editable", None)
        return self._with_id(kept)

    def _aside(self, cell: NotebookNode, why: str) -> NotebookNode:
        """Return a changed cell as text: running it would undo what the new one does."""
        text = _unix(cell.source)
        if cell.cell_type != "markdown":
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
            text = f"{fence}{'python' if cell.cell_type == 'code' else ''}\n{text}\n{fence}"
        kept = new_markdown_cell(f"{why}\n\n{text}")
        if _has_attachments(cell):
            kept.attachments = copy.deepcopy(cell.attachments)
        return kept

    def _with_id(self, cell: NotebookNode) -> NotebookNode:
        """Give a cell an id that no other has and that does not look like a released cell's."""
        wanted = cell.get("id", "")
        if not _CELL_ID.fullmatch(wanted) or _BUILT_ID.fullmatch(wanted) or wanted in self._taken_ids:
            base = f"kept-{hashlib.sha256(cell.source.encode(errors='replace')).hexdigest()[:12]}"
            wanted, number = base, 1
            while wanted in self._taken_ids:
                number += 1
                wanted = f"{base}-{number}"
        cell.id = wanted
        self._taken_ids.add(wanted)
        return cell


def _answered(target: NotebookNode, mine: NotebookNode) -> NotebookNode:
    make: Any = new_code_cell if target.cell_type == "code" else new_markdown_cell
    cell: NotebookNode = make(_unix(mine.source), id=target.id, metadata=copy.deepcopy(target.metadata))
    if cell.cell_type == "markdown" and _has_attachments(mine):
        cell.attachments = copy.deepcopy(mine.attachments)
    return cell


def _has_attachments(cell: NotebookNode) -> bool:
    return bool(cell.get("attachments"))


def _unix(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _defined(cell: NotebookNode) -> set[str]:
    """Return the names that a code cell binds by def, class or assignment; none if it is not Python."""
    if cell.cell_type != "code":
        return set()
    try:
        body = ast.parse(_unix(cell.source)).body
    except (SyntaxError, ValueError):
        return set()
    names = {node.name for node in body if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))}
    for node in body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names
