"""The ``course`` command. Each module of this package is one subcommand."""

from __future__ import annotations

import typer

from autograder.cli.bank import bank
from autograder.cli.build import build
from autograder.cli.check import check
from autograder.cli.demo import demo
from autograder.cli.drill import drill
from autograder.cli.gates import gates
from autograder.cli.grade import grade
from autograder.cli.hint import hint
from autograder.cli.lab import lab
from autograder.cli.mutate import mutate
from autograder.cli.next import next_step
from autograder.cli.progress import progress
from autograder.cli.reset import reset
from autograder.cli.site import site
from autograder.cli.solution import solution
from autograder.cli.update import update
from autograder.cli.watch import watch

app = typer.Typer(
    name="course",
    help="Learn, teach and write the course.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_GROUPS = {
    "To learn": (lab, next_step, check, watch, hint, solution, progress, drill, update, reset),
    "To teach": (grade, demo),
    "To write lessons": (build, gates, bank, mutate, site),
}
for group, commands in _GROUPS.items():
    for command in commands:
        app.command(command.__module__.rpartition(".")[2], rich_help_panel=group)(command)
