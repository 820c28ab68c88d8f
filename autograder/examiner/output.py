"""Keep what a submission prints within bounds while it is being printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

_STREAM = "stream"
_ERROR = "error"


@dataclass
class OutputBudget:
    """The bytes of output that one notebook may still keep.

    Attributes:
        text: bytes of printed text and error messages that one cell may keep.
        rich: bytes of figures and other rich output that one cell may keep.
        total: bytes that the whole notebook may keep.
    """

    text: int
    rich: int
    total: int

    def __post_init__(self) -> None:
        self.begin_cell()

    def begin_cell(self) -> None:
        """Give the next cell its full allowance."""
        self._text_left = self.text
        self._rich_left = self.rich
        self._is_cut = False

    @property
    def is_cut(self) -> bool:
        """Whether something of the current cell's output was left out."""
        return self._is_cut

    def admit(self, message_type: str, content: dict[str, Any]) -> bool:
        """Shorten ``content`` in place to what may be kept; return whether anything of it may.

        Args:
            message_type: Jupyter's name for the message: stream, error, display_data, ...
            content: the message's content.
        """
        if message_type == _STREAM:
            content["text"], kept = self._shorten(content["text"])
            return kept
        if message_type == _ERROR:
            # An error is always kept, in however few bytes: without it, a failed test looks passed.
            content["evalue"], _ = self._shorten(content.get("evalue", ""))
            content["traceback"] = self._shorten_lines(content.get("traceback", []))
            return True
        size = size_of(content.get("data", {}))
        if size > min(self._rich_left, self.total):
            self._is_cut = True
            return False
        self._rich_left -= size
        self.total -= size
        return True

    def _shorten(self, text: str) -> tuple[str, bool]:
        left = max(0, min(self._text_left, self.total))
        encoded = text.encode("utf-8", "replace")
        if len(encoded) <= left:
            self._spend(len(encoded))
            return text, True
        was_cut, self._is_cut = self._is_cut, True
        self._spend(left)
        if was_cut:
            return "", False
        return encoded[:left].decode("utf-8", "ignore") + "\n... Output truncated ...\n", True

    def _shorten_lines(self, lines: list[str]) -> list[str]:
        kept = []
        for line in lines:
            line, is_kept = self._shorten(line)
            if not is_kept:
                break
            kept.append(line)
        return kept

    def _spend(self, size: int) -> None:
        self._text_left -= size
        self.total -= size


def size_of(data: dict[str, Any]) -> int:
    """Return the size of a rich output, all its forms together."""
    return sum(len(str(form)) for form in data.values())
