"""Run a notebook from top to bottom in a guarded kernel, and measure it."""

from __future__ import annotations

import copy
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.kernel.manager import GuardedKernelManager

# Asked of the kernel after the last cell: ru_maxrss counts kilobytes on Linux and bytes on macOS.
_PEAK_MEMORY = "__import__('resource').getrusage(__import__('resource').RUSAGE_SELF).ru_maxrss"
# Of the thread that runs the cells: how long it was ready to run while others had the processors (Linux: nanoseconds).
_WAITED = "__import__('pathlib').Path('/proc/self/schedstat').read_text().split()[1]"
_NETWORK = "__import__('os').environ.get('COURSE_NETWORK', 'open')"


class RunError(Exception):
    """A notebook could not be run to its end: the kernel died or a cell took too long."""


@dataclass(frozen=True)
class Run:
    """What came of running a notebook.

    Attributes:
        notebook: the notebook with its outputs.
        seconds: wall time from starting the kernel to its last answer.
        waited: seconds of it in which other programs kept the cells from running; 0 where no one counts them.
        megabytes: peak resident memory of the kernel.
        strays: files that appeared or changed outside the notebook's folder.
        network: how the kernel was cut off, "blocked by namespace" or "blocked by sockets".
    """

    notebook: NotebookNode
    seconds: float
    waited: float
    megabytes: float
    strays: tuple[str, ...]
    network: str

    @property
    def quiet_seconds(self) -> float:
        """Wall time without what other programs took of it."""
        return self.seconds - self.waited


def run_notebook(
    notebook: NotebookNode,
    beside: Iterable[Path] = (),
    *,
    cell_timeout: int = 120,
    on_cell: Callable[[int, int], None] | None = None,
) -> Run:
    """Run a copy of ``notebook`` in a fresh folder; errors in cells become outputs.

    Args:
        notebook: what to run; it is not changed.
        beside: folders that are put beside the notebook first, such as the lesson's images; missing ones are left out.
        cell_timeout: seconds that one cell may take.
        on_cell: told (cells run, cells in all) after each cell.

    Raises:
        RunError: if the kernel dies, or a cell takes longer than ``cell_timeout``.
    """
    notebook = copy.deepcopy(notebook)
    with _workplace(beside) as place:
        client = NotebookClient(
            notebook,
            kernel_manager_class=GuardedKernelManager,
            timeout=cell_timeout,
            allow_errors=True,
            record_timing=False,
            resources={"metadata": {"path": str(place.work)}},
        )
        before = place.surroundings()
        start = time.perf_counter()
        try:
            with place.log.open("wb") as log, client.setup_kernel(env=place.environment(), stdout=log, stderr=log):
                for index, cell in enumerate(notebook.cells):
                    client.execute_cell(cell, index)
                    if on_cell:
                        on_cell(index + 1, len(notebook.cells))
                seconds = time.perf_counter() - start
                peak = float(_ask(client, _PEAK_MEMORY))
                network = _ask(client, _NETWORK)
                waited = float(_ask(client, _WAITED)) / 1e9 if sys.platform == "linux" else 0.0
        except CellTimeoutError:
            raise RunError(f"A cell took longer than {cell_timeout} s:\n{cell.source}") from None
        except DeadKernelError:
            raise RunError(f"The kernel died in this cell:\n{cell.source}\n{place.last_words()}") from None
        except CellExecutionError as error:
            raise RunError(str(error)) from None
        strays = tuple(sorted(path for path, stamp in place.surroundings().items() if before.get(path) != stamp))
    megabytes = peak / (1e6 if sys.platform == "darwin" else 1e3)
    return Run(notebook, seconds, waited, megabytes, strays, network)


def _ask(client: NotebookClient, expression: str) -> str:
    """Return what an expression prints in the kernel; its cell does not stay in the notebook."""
    client.nb.cells.append(new_code_cell(f"print({expression})"))
    cell = client.execute_cell(client.nb.cells[-1], len(client.nb.cells) - 1, store_history=False)
    client.nb.cells.pop()
    return "".join(output.text for output in cell.outputs).strip()


@dataclass(frozen=True)
class _Workplace:
    """A folder tree in which whatever a notebook writes outside its own folder is seen."""

    root: Path

    @property
    def work(self) -> Path:
        return self.root / "home" / "course" / "work"

    @property
    def temporary(self) -> Path:
        return self.root / "tmp"

    @property
    def log(self) -> Path:
        """What the kernel's libraries print past Python; libpng and libjpeg do."""
        return self.temporary / "kernel.log"

    def last_words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-1000:]

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "HOME": str(self.root / "home"),
            "TMPDIR": str(self.temporary),
            "IPYTHONDIR": str(self.temporary / "ipython"),
        }

    def surroundings(self) -> dict[str, tuple[int, int]]:
        """Size and time of every file that belongs neither to the notebook nor to its temporary folder."""
        found = {}
        for folder, subfolders, files in os.walk(self.root):
            subfolders[:] = [name for name in subfolders if Path(folder, name) not in (self.work, self.temporary)]
            for name in files:
                stat = os.lstat(Path(folder, name))
                found[str(Path(folder, name).relative_to(self.root))] = (stat.st_size, stat.st_mtime_ns)
        return found


@contextmanager
def _workplace(beside: Iterable[Path]) -> Iterator[_Workplace]:
    with tempfile.TemporaryDirectory(prefix="course-run-") as root:
        place = _Workplace(Path(root))
        place.temporary.mkdir()
        for folder in beside:
            if folder.is_dir():
                shutil.copytree(folder, place.work / folder.name)
        place.work.mkdir(parents=True, exist_ok=True)
        yield place
