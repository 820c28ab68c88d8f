"""The feedback page of a submission that could not be graded."""

from __future__ import annotations

from html import escape
from pathlib import Path

_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{assignment}: not graded</title>
<style>
body {{ font: 16px/1.5 sans-serif; max-width: 42em; margin: 3em auto; padding: 0 1em; }}
</style>
</head>
<body>
<h1>{assignment}: not graded</h1>
<p>The submission of <strong>{student}</strong> could not be graded.</p>
<h2>Why</h2>
<p>{reason}</p>
<h2>What to do</h2>
<p>{advice}</p>
{standing}</body>
</html>
"""


def write_refusal(page: Path, *, assignment: str, student: str, reason: str, advice: str, standing: str) -> None:
    """Write the page that tells a student why there is no grade and what to do.

    Args:
        page: the HTML file to write; its folder is made, and an earlier page replaced.
        assignment: name of the assignment.
        student: id of the student.
        reason: what is wrong with the submission.
        advice: what the student should do.
        standing: a sentence about the grade of an earlier submission, or "".
    """
    page.parent.mkdir(parents=True, exist_ok=True)
    page.unlink(missing_ok=True)
    page.write_text(
        _PAGE.format(
            assignment=escape(assignment),
            student=escape(student),
            reason=escape(reason),
            advice=escape(advice),
            standing=f"<p>{escape(standing)}</p>\n" if standing else "",
        ),
        encoding="utf-8",
        errors="replace",
    )
