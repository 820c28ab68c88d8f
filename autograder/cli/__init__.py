"""The ``course`` command. Each module of this package is one subcommand."""

from __future__ import annotations

import typer

from autograder.cli.bank import bank
from autograder.cli.build import build
from autograder.cli.demo import demo
from autograder.cli.gates import gates
from autograder.cli.grade import grade
from autograder.cli.lab import lab
from autograder.cli.mutate import mutate

app = typer.Typer(
    name="course",
    help="Build, prove and grade the course.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (lab, build, bank, mutate, gates, grade, demo):
    app.command()(command)
