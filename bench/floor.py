"""What the cells themselves cost: ``python -m bench.floor NOTEBOOKS FILES RESULTS``.

Imports once what the notebooks import, then forks for each notebook and runs its cells, tests included, with ``exec``.
Figures that a cell leaves open are rendered as Jupyter's inline backend renders them, because that is part of the work
too. Nothing else happens: no kernel, no messages, no sandbox, no gradebook. So this is the least that grading can cost.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import matplotlib.pyplot as plt
import nbformat
from IPython.core.pylabtools import print_figure
from nbformat import NotebookNode


def main() -> None:
    """Run every notebook of a folder and write what it cost and which tests passed."""
    notebooks, files, results = map(Path, sys.argv[1:])
    read = {path.stem: nbformat.read(path, as_version=4) for path in sorted(notebooks.glob("*.ipynb"))}
    _import_what_is_imported(next(iter(read.values())))
    results.write_text(json.dumps({name: _run_forked(notebook, files) for name, notebook in read.items()}))


def _import_what_is_imported(notebook: NotebookNode) -> None:
    plt.switch_backend("agg")
    for cell in notebook.cells:
        if cell.cell_type == "code":
            body = ast.parse(cell.source).body
            imports: list[ast.stmt] = [node for node in body if isinstance(node, ast.Import | ast.ImportFrom)]
            exec(compile(ast.Module(imports, []), "imports", "exec"), {})


def _run_forked(notebook: NotebookNode, files: Path) -> dict[str, Any]:
    reading, writing = os.pipe()
    with tempfile.TemporaryDirectory(prefix="floor-") as work:
        shutil.copytree(files, work, dirs_exist_ok=True)
        started = time.perf_counter()
        child = os.fork()
        if child == 0:
            os.close(reading)
            os.chdir(work)
            with os.fdopen(writing, "w") as pipe:
                json.dump(_run_cells(notebook), pipe)
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as pipe:
            passed = json.load(pipe)
        _, _, used = os.wait4(child, 0)
        wall = time.perf_counter() - started
    return {"passed": passed, "cpu": used.ru_utime + used.ru_stime, "wall": wall}


def _run_cells(notebook: NotebookNode) -> dict[str, bool]:
    """Return, for each cell with a grade id, whether it ran without an error."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    passed: dict[str, bool] = {}
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            try:
                exec(compile(cell.source, name or "cell", "exec"), namespace)
                passed[name] = True
            except Exception:  # whatever a student's code raises fails its test, and only that
                passed[name] = False
            _render_open_figures()
    return passed


def _render_open_figures() -> None:
    for number in plt.get_fignums():
        print_figure(plt.figure(number), bbox_inches="tight")
    plt.close("all")


if __name__ == "__main__":
    main()
