"""How a test fails."""

from __future__ import annotations


class Mismatch(AssertionError):
    """A test that failed. Its text is written for the learner, so no traceback is drawn."""

    def _render_traceback_(self) -> list[str]:
        """Return the lines that IPython shows instead of a traceback."""
        return str(self).splitlines()


class NotSolved(Mismatch):
    """The exercise raises NotImplementedError: there is nothing to be judged yet."""


class NotPlainData(Mismatch):
    """A result that cannot be judged, because it would have to judge itself."""


class StayedBehind:
    """A result that stayed where the learner's code runs, as it is no plain data.

    Comparing it, or using it as a number or an array, raises :class:`NotPlainData`.
    """

    __slots__ = ()

    def _only_gives_items(self) -> bool:
        """Return whether it is an iterator and nothing else: what it gives is plain data and can be judged."""
        raise NotImplementedError
