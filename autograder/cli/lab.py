"""``course lab``: JupyterLab at the start page."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.console import fail, open_repository, out

_SETTINGS = Path(__file__).parents[1] / "jupyter"


def lab(
    port: Annotated[int, typer.Option(help="Port to listen on; the next free one is taken if it is in use.")] = 8888,
    browser: Annotated[bool, typer.Option(help="Open a browser.")] = True,
) -> None:
    """Open JupyterLab at the start page, with a token and without announcements.

    Examples:

        course lab

        course lab --no-browser --port 9000
    """
    repository, _curriculum = open_repository()
    if not repository.start_page.is_file():
        fail(f"{repository.start_page} is missing. Mend: run `course build`.")
    os.chdir(repository.root)
    paths = [str(_SETTINGS), *filter(None, [os.environ.get("JUPYTER_CONFIG_PATH")])]
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(paths)
    arguments = [
        f"--ServerApp.root_dir={repository.root}",
        f"--ServerApp.port={port}",
        f"--LabApp.default_url=/lab/tree/{repository.start_page.relative_to(repository.root).as_posix()}",
    ]
    if not browser:
        arguments.append("--no-browser")
    if os.getuid() == 0:
        out.print("You are root, as is usual in a container: JupyterLab is told to allow it.")
        arguments.append("--allow-root")
    out.print("Starting JupyterLab; end it with Ctrl+C.")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "jupyterlab", *arguments])
