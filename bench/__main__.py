"""The command: ``python -m bench``."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from bench.classroom import OWN_LESSON, REAL_LESSON, ROOT
from bench.meter import Meter
from bench.report import write_report
from bench.study import Study
from bench.tools import (
    CourseGrade,
    CourseGradeFunction,
    Floor,
    Otter,
    OtterNotFound,
    PlainNbgrader,
    PlainNbgraderWithFeedback,
    Tool,
)

SMALL = 24
"""The largest class that the slow tools grade unless they are told otherwise."""

SCALE = (50, 1000)

_err = Console(stderr=True, highlight=False, soft_wrap=True)


def main(
    sizes: Annotated[list[int] | None, typer.Option("--size", help="Submissions in a class; 1, 24 and 200.")] = None,
    tools: Annotated[list[str] | None, typer.Option("--tool", help="Only these tools; all unless named.")] = None,
    otter: Annotated[
        Path | None,
        typer.Option(envvar="BENCH_OTTER", help="Python of an environment with otter-grader and torch."),
    ] = None,
    repeats: Annotated[int, typer.Option(help="How often each run is made; medians are reported.")] = 3,
    latency: Annotated[int, typer.Option(help="How many single submissions to time; 0 for none.")] = 9,
    everything: Annotated[bool, typer.Option("--all", help=f"Slow tools too grade more than {SMALL}.")] = False,
    scale: Annotated[bool, typer.Option(help="Also this project at 50 and at 1000, once each.")] = False,
    real: Annotated[
        bool, typer.Option(help=f"Also a class of {REAL_LESSON}, the smallest size of more than one.")
    ] = False,
    into: Annotated[Path, typer.Option(help="Folder for results.json and results.md.")] = Path(__file__).parent,
    plot: Annotated[Path, typer.Option(help="File for the plot.")] = ROOT / ".github" / "bench.png",
) -> None:
    """Let plain nbgrader, otter-grader and this project grade the same class, and compare cost and grades.

    Examples:

        python -m bench --otter ../otter/bin/python

        python -m bench --size 24 --repeats 1 --tool course --tool floor

    Ends with 0 if all tools gave the same grades, with 1 if not, with 2 if an option is wrong.
    """
    chosen, versions = _choose(tools, otter)
    sizes = sorted(set(sizes or [1, SMALL, 200]))
    with tempfile.TemporaryDirectory(prefix="b-", ignore_cleanup_errors=True) as base, Meter() as meter:
        study = Study(meter, Path(base), lambda line: _err.print(line, markup=False))
        if any(isinstance(tool, CourseGrade) for tool in chosen):
            study.start_servers(OWN_LESSON)
        for size in sizes:
            quick = [tool for tool in chosen if everything or size <= SMALL or not tool.is_slow]
            study.compare(quick, OWN_LESSON, size, repeats)
        if real:
            study.compare(chosen, REAL_LESSON, next((size for size in sizes if size > 1), SMALL))
        if scale:
            for size in SCALE:
                study.compare([Floor(), CourseGrade()], OWN_LESSON, size)
        if latency:
            study.measure_latency(OWN_LESSON, latency)
    plot.parent.mkdir(exist_ok=True)
    print(write_report(study.findings, into, plot, versions))
    if study.findings.disagreements:
        raise typer.Exit(1)


def _choose(names: list[str] | None, otter: Path | None) -> tuple[list[Tool], dict[str, str]]:
    """Return the tools to compare, and the versions of those that are installed elsewhere."""
    available: list[Tool] = [
        Floor(),
        PlainNbgrader(),
        PlainNbgraderWithFeedback(),
        CourseGrade(),
        CourseGradeFunction(),
    ]
    versions = {}
    if otter is None:
        _err.print("otter-grader is left out. Mend: name an environment that has it by --otter or BENCH_OTTER.")
    else:
        try:
            found = Otter(otter)
        except OtterNotFound as error:
            raise typer.BadParameter(str(error)) from None
        available.append(found)
        versions["otter-grader"] = found.version
    keys = [tool.key for tool in available]
    for name in names or []:
        if name not in keys:
            raise typer.BadParameter(f"There is no tool {name}. Mend: choose from {', '.join(keys)}.")
    return [tool for tool in available if not names or tool.key in names], versions


if __name__ == "__main__":
    typer.run(main)
