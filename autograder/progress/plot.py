"""The plot of progress over time."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from datetime import date, timedelta

_FEWEST_DAYS = 7
"""So that the first day is a bar among days, not a wall."""
_LOWEST_TOP = 5
_MOST_LABELS = 7
_DAYS_OF_A_YEAR = 365


def plot_of(passed_by_day: Mapping[date, int], best: int, today: date) -> bytes:
    """Draw how many exercises had been passed on each day; returns a PNG on white.

    Args:
        passed_by_day: day -> exercises passed up to its end, for the days on which that changed; not empty.
        best: how many exercises there are.
        today: the last day to show.
    """
    import matplotlib.dates as mdates
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    last = max(today, max(passed_by_day))
    first = min(min(passed_by_day), last - timedelta(days=_FEWEST_DAYS - 1))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    heights: list[int] = []
    for day in days:
        heights.append(passed_by_day.get(day, heights[-1] if heights else 0))
    edges = mdates.date2num([*days, last + timedelta(days=1)])
    figure = Figure(figsize=(6.4, 2.4), layout="constrained")
    axes = figure.add_subplot()
    axes.stairs(heights, edges, fill=True, color="#1f6fb4")
    axes.set_ylim(0, min(best, max(_LOWEST_TOP, 1.25 * heights[-1])))
    axes.set_xlim(edges[0], edges[-1])
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    # A day is a bar of its own width, so its label belongs in the middle of it.
    labelled = range(len(days) - 1, -1, -math.ceil(len(days) / _MOST_LABELS))
    wording = "%b %Y" if len(days) > _DAYS_OF_A_YEAR else "%b %d"
    axes.set_xticks([edges[n] + 0.5 for n in labelled], [days[n].strftime(wording) for n in labelled])
    axes.set_ylabel("exercises passed")
    axes.set_title(f"{heights[-1]} of {best} exercises passed", loc="left", fontsize=11)
    axes.spines[["top", "right"]].set_visible(False)
    png = io.BytesIO()
    figure.savefig(png, format="png", dpi=144, facecolor="white")
    return png.getvalue()


def words_of_plot(passed_by_day: Mapping[date, int], best: int) -> str:
    """Say what the plot shows: the first day, some days between, and the last one."""
    days = sorted(passed_by_day)
    shown = sorted({days[round(n * (len(days) - 1) / 4)] for n in range(5)})
    figures = ", ".join(f"{passed_by_day[day]} on {day.day} {day:%B %Y}" for day in shown)
    return f"Exercises passed, of {best}, added up over time: {figures}."
