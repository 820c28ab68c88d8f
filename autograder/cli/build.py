"""``course build``: make exercises/ and solutions/ from the sources, or say what is stale."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.console import chosen_lessons, fail, open_repository, out
from autograder.cli.parallel import OnStep, per_lesson
from autograder.curriculum import Curriculum
from autograder.repository import Repository

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from autograder.build.publish import Built, Stale


def build(
    lessons: Annotated[
        list[str] | None, typer.Argument(help="Lessons to build; all that are written unless named.")
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Write nothing; fail if a derived file is stale.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Build also what is fresh.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="With --check: print the stale files as JSON.")] = False,
) -> None:
    """Make exercises/ and solutions/ from course/, but only what has changed.

    The solved notebooks are run, with the network blocked, and must run without an error. An
    exercise notebook that somebody has worked in is kept beside the new one.

    Examples:

        course build

        course build b1_imread

        course build --check

    Ends with 0 if all is well, with 1 if a lesson fails or --check finds something stale, with 2
    if a lesson's name is wrong.
    """
    from autograder.build.publish import BuildError, stale_files
    from autograder.build.start_page import stale_start_page, write_start_page
    from autograder.kernel.run import RunError
    from autograder.lesson import SourceError

    repository, curriculum = open_repository()
    names = chosen_lessons(repository, curriculum, lessons)
    try:
        stale = {name: stale_files(repository, name) for name in names}
        page = _start_page(repository, curriculum)
    except SourceError as error:
        fail(str(error))
    stale_page = stale_start_page(repository.start_page, page)
    if check:
        found = [s for each in stale.values() for s in each]
        _report_stale(repository, found + ([stale_page] if stale_page else []), as_json=as_json)
        return
    todo = [name for name in names if force or stale[name]]
    failed = False
    for name, future in per_lesson(todo, partial(_build_one, repository), "cells"):
        try:
            built = future.result()
        except (BuildError, RunError, SourceError) as error:
            failed = True
            out.print(f"[red]failed[/] {name}")
            out.print(str(error), markup=False)
            continue
        out.print(f"[green]built[/] {name} ({built.seconds:.1f} s)")
        if built.rescued:
            out.print(
                f"  Somebody had worked in this notebook: it is kept as {built.rescued.relative_to(repository.root)}. "
                f"`course update {name}` brings that work into the new one."
            )
    if stale_page:
        kept = write_start_page(repository.start_page, page)
        out.print("[green]built[/] the start page")
        if kept:
            out.print(f"  Somebody had written in it: the old one is kept as {kept.relative_to(repository.root)}.")
    if failed:
        raise typer.Exit(1)
    if not todo and not stale_page:
        out.print("Everything is fresh.")


def _build_one(repository: Repository, name: str, on_step: OnStep) -> Built:
    from autograder.build.publish import build_lesson

    return build_lesson(repository, name, on_step)


def _start_page(repository: Repository, curriculum: Curriculum) -> NotebookNode:
    from autograder.build.start_page import start_page
    from autograder.lesson import read_lesson, written_lessons

    names = written_lessons(repository.course, curriculum)
    return start_page(curriculum, {name: read_lesson(repository.course, name) for name in names})


def _report_stale(repository: Repository, stale: list[Stale], *, as_json: bool) -> None:
    rows = [{"path": str(s.path.relative_to(repository.root)), "reason": s.reason} for s in stale]
    if as_json:
        print(json.dumps({"stale": rows}, indent=2))
    else:
        for row in rows:
            out.print(f"[red]stale[/] {row['path']}: {row['reason']}")
        out.print("Mend: run `course build`." if rows else "Everything is fresh.")
    if rows:
        raise typer.Exit(1)
