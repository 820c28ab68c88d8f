"""A Jupyter server extension that saves the start page as git has it: without outputs.

The page is a file of the course, and running it is the first thing that a learner does. Saved with the map in it, it
would stop the next ``git pull``, and the map would be out of date when the page is opened again. What a learner types
into it is saved like anything else. Enabled by ``jupyter_server_config.d/autograder_start_page.json``.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from autograder.repository import Repository

_START_PAGE = Repository(Path()).start_page.name
_OF_THE_PAGE = {"kernelspec"}
_OF_A_CELL = {"deletable", "editable", "tags"}


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    """Tell Jupyter where the extension is."""
    return [{"module": __name__}]


def _load_jupyter_server_extension(serverapp: Any) -> None:
    """Do nothing yet: Jupytext may still put another contents manager in the place of this one."""


async def _start_jupyter_server_extension(serverapp: Any) -> None:
    """Look at each file before it is saved, once all extensions have been loaded."""
    serverapp.contents_manager.register_pre_save_hook(leave_outputs_out)


def leave_outputs_out(model: dict[str, Any], path: str, **_: Any) -> None:
    """Take outputs, and what kernels and JupyterLab note down, out of the start page that is about to be saved.

    Args:
        model: what is to be saved, as Jupyter's contents API has it; changed in place.
        path: where, relative to the server's folder.
    """
    page = model.get("content")
    if model.get("type") != "notebook" or not page or Path(path).name != _START_PAGE:
        return
    page["metadata"] = _only(_OF_THE_PAGE, page["metadata"])
    for cell in page["cells"]:
        cell["metadata"] = _only(_OF_A_CELL, cell["metadata"])
        if cell["cell_type"] == "code":
            cell["outputs"], cell["execution_count"] = [], None


def _only(names: set[str], metadata: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in metadata.items() if name in names}
