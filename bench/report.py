"""Write what was found as JSON, as a Markdown table and as a plot."""

from __future__ import annotations

import datetime
import json
import os
import platform
import statistics
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.axes import Axes

from bench.study import FIRST_COMMAND, Findings, Record
from bench.tools import Floor

_LIBRARIES = ("nbgrader", "nbclient", "ipykernel", "torch", "transformers", "opencv-python", "matplotlib", "numpy")


@dataclass(frozen=True)
class Row:
    """The median of equal runs, for one submission.

    Attributes:
        wall: seconds.
        cpu: seconds of processor time.
        times_floor: processor time as a multiple of what the cells take alone; None if that was not measured.
        peak_pss: bytes, of the whole run.
        runs: how many there were.
    """

    tool: str
    label: str
    lesson: str
    submissions: int
    wall: float
    cpu: float
    times_floor: float | None
    peak_pss: int
    runs: int


def rows(findings: Findings) -> list[Row]:
    """Return one row for each tool, lesson and size, in the order of their first runs."""
    grouped: dict[tuple[str, str, int], list[Record]] = {}
    for record in findings.records:
        grouped.setdefault((record.tool, record.lesson, record.submissions), []).append(record)
    cpu = {key: statistics.median(record.cpu for record in records) / key[2] for key, records in grouped.items()}
    return [
        Row(
            tool,
            records[0].label,
            lesson,
            size,
            statistics.median(record.wall for record in records) / size,
            cpu[key],
            _ratio(cpu[key], cpu.get((Floor.key, lesson, size))),
            round(statistics.median(record.peak_pss for record in records)),
            len(records),
        )
        for key, records in grouped.items()
        for tool, lesson, size in [key]
    ]


def facts(versions: Mapping[str, str]) -> dict[str, Any]:
    """Return what the figures depend on: the day, the machine's size, the versions."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "cores": os.cpu_count(),
        "memory_gib": round(memory / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "versions": {**{name: version(name) for name in _LIBRARIES}, **versions},
    }


def write_report(findings: Findings, folder: Path, plot: Path, versions: Mapping[str, str]) -> str:
    """Write ``results.json`` and ``results.md`` into ``folder`` and the plot to ``plot``; return the Markdown."""
    table, about = rows(findings), facts(versions)
    content = {
        "about": about,
        "per_submission": [asdict(row) for row in table],
        "latency": findings.latency and asdict(findings.latency),
        "disagreements": findings.disagreements,
        "runs": [asdict(record) for record in findings.records],
    }
    (folder / "results.json").write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    text = markdown(findings, about)
    (folder / "results.md").write_text(text, encoding="utf-8")
    draw(table, plot)
    return text


def markdown(findings: Findings, about: Mapping[str, Any]) -> str:
    """Return the report as Markdown."""
    lines = [
        "| Lesson | Submissions | Tool | Seconds each | Processor seconds each | × floor | Peak memory, MB | Runs |",
        "|:--|--:|:--|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {row.lesson} | {row.submissions} | {row.label} | {row.wall:.2f} | {row.cpu:.2f} | "
        f"{'–' if row.times_floor is None else f'{row.times_floor:.2f}'} | {row.peak_pss / 1e6:.0f} | {row.runs} |"
        for row in sorted(rows(findings), key=lambda row: (row.lesson, row.submissions))
    ]
    lines.append("")
    if findings.latency:
        lines.append(
            f"`{findings.latency.label}`, servers running: {statistics.median(findings.latency.overheads):.2f} s more "
            f"than the cells alone (median of {len(findings.latency.overheads)})."
        )
    grades = "All tools gave every test of every submission the same points."
    lines.append("\n".join(findings.disagreements) or grades)
    versions = ", ".join(f"{name} {number}" for name, number in about["versions"].items())
    load = max(record.load for record in findings.records)
    lines.append(
        f"\nMedians. Measured on {about['date']}: {about['cores']} cores, {about['memory_gib']} GiB, "
        f"{about['system']}, Python {about['python']}, {versions}. "
        f"The load average before a run was at most {load:g}."
    )
    return "\n".join(lines) + "\n"


def draw(table: list[Row], path: Path) -> None:
    """Draw seconds per submission, one group of bars for each size, the floor as lines."""
    lesson = table[0].lesson
    table = [row for row in table if row.lesson == lesson and row.tool != FIRST_COMMAND]
    figure, panels = plt.subplots(1, 2, figsize=(10, 4), sharey=True)
    for axis, what, title in ((panels[0], "wall", "wall time"), (panels[1], "cpu", "processor time, all processes")):
        _draw_bars(axis, table, what)
        axis.set(title=title, xlabel="submissions", yscale="log")
        axis.grid(axis="y", which="both", alpha=0.25)
        axis.set_axisbelow(True)
    seconds = [value for row in table for value in (row.wall, row.cpu)]
    panels[0].set_ylim(min(seconds) / 3, max(seconds) * 2)  # with room for the number on the highest bar
    panels[0].set_ylabel("seconds per submission")
    handles, labels = panels[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=3, frameon=False)
    figure.set_layout_engine("constrained")
    figure.savefig(path, dpi=120, facecolor="white")
    plt.close(figure)


def _draw_bars(axis: Axes, table: list[Row], what: str) -> None:
    sizes = sorted({row.submissions for row in table})
    labels = list(dict.fromkeys(row.label for row in table if row.tool != Floor.key))
    width = 0.8 / len(labels)
    for number, label in enumerate(labels):
        found = {row.submissions: getattr(row, what) for row in table if row.label == label}
        places = [sizes.index(size) + (number - (len(labels) - 1) / 2) * width for size in found]
        bars = axis.bar(places, list(found.values()), width * 0.92, label=label)
        axis.bar_label(bars, fmt="{:.2g}", fontsize=7)
    floors = {row.submissions: getattr(row, what) for row in table if row.tool == Floor.key}
    ends = ([sizes.index(size) - 0.45 for size in floors], [sizes.index(size) + 0.45 for size in floors])
    axis.hlines(list(floors.values()), *ends, color="black", linestyle="--", label=Floor.label)
    axis.set_xticks(range(len(sizes)), [str(size) for size in sizes])


def _ratio(value: float, floor: float | None) -> float | None:
    return value / floor if floor else None
