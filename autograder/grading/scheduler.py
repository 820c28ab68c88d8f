"""Where examinations run: on this machine's cores, or on the workers of a Dask cluster.

Both are a ``concurrent.futures.Executor``; what to run, and in which order, is decided elsewhere.
"""

from __future__ import annotations

import functools
import hashlib
import os
import platform
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from nbformat import NotebookNode

from autograder.examiner.examination import Examination, Files
from autograder.examiner.examine import examine
from autograder.grading.results import GradingError
from autograder.sandbox import sandbox_problem

if TYPE_CHECKING:
    from distributed import Client

_AHEAD = 2
"""Examinations handed out for each that can run, so that nobody waits for the next one."""

_RETRIES = 2
"""How often Dask tries an examination again that ended in an error; one whose worker died it moves by itself."""

_CONNECT_SECONDS = 10
_FIRST_WORKER_SECONDS = 60
_COMPARED = ("matplotlib", "msgpack", "nbformat", "numpy", "opencv-python", "torch", "transformers")


class Examiners(Protocol):
    """Where submissions can be examined."""

    def submit(self, examination: Examination, notebook: NotebookNode, own_files: Files) -> Future[NotebookNode]:
        """Start the examination of a prepared notebook."""

    def capacity(self) -> int:
        """Return how many examinations to have handed out at a time, now: a cluster may grow and shrink."""


class _Cores:
    """Examines on this machine."""

    def __init__(self, pool: ThreadPoolExecutor, count: int):
        self._pool = pool
        self._count = count

    def submit(self, examination: Examination, notebook: NotebookNode, own_files: Files) -> Future[NotebookNode]:
        return self._pool.submit(examine, examination, notebook, own_files)

    def capacity(self) -> int:
        return _AHEAD * self._count


class _DaskWorkers:
    """Examines on the workers of a cluster."""

    def __init__(self, client: Client, here: dict[str, str]):
        self._client = client
        self._pool: Executor = client.get_executor(pure=False, retries=_RETRIES)
        self._here = here

    def submit(self, examination: Examination, notebook: NotebookNode, own_files: Files) -> Future[NotebookNode]:
        # The assignment goes along with each submission: data that is kept on a worker is lost with it.
        return self._pool.submit(_examine_on_worker, self._here, examination, notebook, own_files)

    def capacity(self) -> int:
        threads: dict[str, int] = self._client.nthreads()
        return max(1, _AHEAD * sum(threads.values()))


@contextmanager
def local_examiners(workers: int | None) -> Iterator[Examiners]:
    """Offer this machine's cores.

    Args:
        workers: how many examinations run at a time; as many as there are cores if None.
    """
    count = workers or usable_cores()
    pool = ThreadPoolExecutor(count, thread_name_prefix="examine")  # each thread waits for another process
    try:
        yield _Cores(pool, count)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def dask_examiners(address: str, *, unsafe: bool) -> Iterator[Examiners]:
    """Offer the workers of the Dask cluster whose scheduler listens at ``address``.

    Args:
        address: such as ``tcp://host:8786``.
        unsafe: take workers that have no sandbox.

    Raises:
        GradingError: if there is no such scheduler, it has no worker, or a worker has no sandbox or
            other versions of the course or its libraries.
    """
    client = _connect(address)
    try:
        here = environment()
        _wait_for_worker(client, address)
        _check_workers(client, here, unsafe=unsafe)
        yield _DaskWorkers(client, here)
    finally:
        client.close(timeout=_CONNECT_SECONDS)


def usable_cores() -> int:
    """Return on how many cores this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@functools.cache
def environment() -> dict[str, str]:
    """Return what a grade may depend on: the versions of Python, of the libraries, and of the course's own code."""
    package = Path(__file__).parents[1]
    code = hashlib.sha256()
    for path in sorted(package.rglob("*.py")):
        code.update(f"{path.relative_to(package).as_posix()}\0".encode() + path.read_bytes())
    versions = {name: _version(name) for name in _COMPARED}
    return {"python": platform.python_version(), **versions, "the course's code": code.hexdigest()[:12]}


def _version(distribution: str) -> str:
    try:
        return version(distribution).partition("+")[0]  # a CPU build and a CUDA build of torch are one version
    except PackageNotFoundError:
        return "missing"


def _examine_on_worker(
    expected: dict[str, str], examination: Examination, notebook: NotebookNode, own_files: Files
) -> NotebookNode:
    """Run on a worker: examine, if this worker (which may have joined late) is like the machine that grades."""
    differences = _differences(expected, environment())
    if differences:
        raise GradingError(f"A Dask worker on {platform.node()} differs: {differences}.")
    return examine(examination, notebook, own_files)


def _differences(expected: dict[str, str], found: dict[str, str]) -> str:
    return ", ".join(
        f"{name} {found.get(name, 'missing')} instead of {wanted}"
        for name, wanted in expected.items()
        if found.get(name) != wanted
    )


def _connect(address: str) -> Client:
    try:
        from distributed import Client
    except ImportError:
        raise GradingError(
            "Grading on a cluster needs Dask. Mend: pip install 'cv-interview-course[scale]' here and on the workers."
        ) from None
    try:
        return Client(address, timeout=_CONNECT_SECONDS, set_as_default=False, name="course-grade")
    except (OSError, TimeoutError, ValueError) as error:
        raise GradingError(
            f"No Dask scheduler answers at {address} ({error or type(error).__name__}). "
            "Mend: start one (`dask scheduler`) and give the address that it prints, such as tcp://host:8786."
        ) from None


def _wait_for_worker(client: Client, address: str) -> None:
    try:
        client.wait_for_workers(1, timeout=_FIRST_WORKER_SECONDS)
    except TimeoutError:
        raise GradingError(
            f"The Dask scheduler at {address} has had no worker for {_FIRST_WORKER_SECONDS} s. "
            "Mend: start workers, see that they reach it, and try again."
        ) from None


def _check_workers(client: Client, here: dict[str, str], *, unsafe: bool) -> None:
    answers: dict[str, Any] = client.run(_describe_worker, unsafe=unsafe, on_error="return")
    for worker, found in answers.items():
        if isinstance(found, ModuleNotFoundError):
            raise GradingError(
                f"The Dask worker {worker} has no course installed ({found}). "
                "Mend: start the workers in an environment like this one."
            )
        if isinstance(found, Exception):
            raise GradingError(f"The Dask worker {worker} cannot be used: {type(found).__name__}: {found}.")
        its_environment, problem = found
        differences = _differences(here, its_environment)
        if differences:
            raise GradingError(
                f"The Dask worker {worker} differs from this machine: {differences}. "
                "Mend: start the workers in an environment like this one."
            )
        if problem:
            raise GradingError(f"The Dask worker {worker} has no sandbox. {problem}")


def _describe_worker(*, unsafe: bool) -> tuple[dict[str, str], str | None]:
    return environment(), None if unsafe else sandbox_problem()
