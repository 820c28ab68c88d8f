"""How much may cross between the examiner and the student's kernel at once."""

from __future__ import annotations

from dataclasses import dataclass


class WireError(Exception):
    """A value that cannot cross, or bytes that are no value; the text says why, for a learner."""


class TooLarge(WireError):
    """A value of more bytes or items than may cross."""


class NotPlain(WireError):
    """A value that is not plain data, where only plain data will do."""


@dataclass(frozen=True)
class WireLimits:
    """Limits of one message.

    Attributes:
        bytes: of everything in it.
        items: elements of all lists, tuples, sets and dictionaries together.
        depth: containers inside containers.
    """

    bytes: int = 256_000_000
    items: int = 5_000_000
    depth: int = 40
