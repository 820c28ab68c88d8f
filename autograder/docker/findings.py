"""What is wrong with a file, where, and how to mend it; and how a learner is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.expect import Mismatch


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        where: the place, such as "line 3" or "line 7, services.api.ports"; "" if something is missing altogether.
        text: what stands there.
        problem: what is wrong with it, in a sentence.
        mend: what to write instead, in a sentence.
    """

    where: str
    text: str
    problem: str
    mend: str

    def __str__(self) -> str:
        place = ": ".join(part for part in (self.where, self.text) if part)
        return f"{place or 'the file'}: {self.problem} Mend: {self.mend}"


def require_none(call: str, findings: Iterable[Finding]) -> None:
    """Fail a test with the first of ``findings``.

    Args:
        call: the call whose result was looked at, such as ``dockerfile()``.
        findings: what was found; none lets the test go on.

    Raises:
        Mismatch: with the place, the problem and the mend.
    """
    found = list(findings)
    if not found:
        return
    first = found[0]
    got = ": ".join(part for part in (first.where, first.text) if part) or "no line of the file does this"
    lines = [
        f"{call} is not right yet",
        f"  call      {call}",
        f"  got       {got}",
        f"  expected  {first.mend}",
        f"  cause     {first.problem}",
    ]
    if len(found) > 1:
        others = "one more problem" if len(found) == 2 else f"{len(found) - 1} more problems"
        lines.append(f"            ({others} will be named when this one is mended)")
    raise Mismatch("\n".join(lines))
