"""How a sitting went, in Markdown: for the notebook."""

from __future__ import annotations

from collections.abc import Callable

from autograder.curriculum import Curriculum
from autograder.drill.session import Summary
from autograder.drill.wording import headline

Link = Callable[[str, str], str]
"""From a lesson and a heading ("" for its beginning) to the address of that place, seen from the notebook."""


def summary_markdown(summary: Summary, allowed: float | None, link: Link, curriculum: Curriculum) -> str:
    """Return the summary of a sitting as Markdown, the weakest lesson first, with links to what to reread.

    Args:
        summary: how it went.
        allowed: seconds for each answer, None if there was no limit.
        link: makes the addresses.
        curriculum: knows the lessons' titles.
    """
    lines = [
        headline(summary, allowed),
        "",
        "| Weakest first | Questions | Key points | Share |",
        "|:--|--:|--:|--:|",
    ]
    for result in summary.lessons:
        name = f"[{curriculum.lesson(result.lesson).title}]({link(result.lesson, '')})"
        lines.append(f"| {name} | {result.asked} | {result.had} of {result.of} | {result.share:.0%} |")
    reread = [
        f"- [{section}]({link(result.lesson, section)})" for result in summary.lessons for section in result.sections
    ]
    if reread:
        lines += ["", "Reread:", "", *reread]
    return "\n".join(lines)
