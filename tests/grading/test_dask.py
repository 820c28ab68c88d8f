"""The same grading on a Dask cluster: worker processes examine, this process alone writes."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from nbformat import NotebookNode

from autograder.grading import scheduler
from autograder.grading.grade import grade_assignment
from autograder.grading.results import GradingError
from tests.grading import fake_examiner
from tests.grading.conftest import AUTO_POINTS, LESSON

distributed = pytest.importorskip("distributed", reason="Dask is not installed: pip install -e '.[scale]'")

HandIn = Callable[..., Path]
Solve = Callable[..., NotebookNode]
SQUARE = "def double(x):\n    return x * x\n"


def prepare_worker(seconds: float, log: str = "") -> None:
    """Run in each worker: take the stand-in for the examiner."""
    os.environ[fake_examiner.SECONDS] = str(seconds)
    if log:
        os.environ[fake_examiner.LOG] = log
    scheduler.examine = fake_examiner.examine


class Stale(distributed.WorkerPlugin):
    """Makes a worker look as if it had another NumPy."""

    def setup(self, worker: object) -> None:
        found = scheduler.environment()
        found["numpy"] = "1.0"


class Prepared(distributed.WorkerPlugin):
    """The same for workers that are started later, in the place of dead ones."""

    def __init__(self, seconds: float):
        self.seconds = seconds

    def setup(self, worker: object) -> None:
        prepare_worker(self.seconds)


@pytest.fixture
def cluster() -> Iterator[object]:
    """Two worker processes, each of which examines one submission at a time."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


@pytest.mark.slow
def test_a_class_is_graded_although_a_worker_dies(cluster: object, course: Path, solve: Solve, hand_in: HandIn) -> None:
    names = [f"s{number}" for number in range(8)]
    for number, name in enumerate(names):
        hand_in(name, solve(double=SQUARE) if number == 3 else solve())
    hand_in("broken", b"{")
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.register_plugin(Prepared(0.5))
        pids: dict[str, int] = client.run(os.getpid)
    killed = threading.Event()

    def kill_one(done: int, _total: int, _result: object) -> None:
        if done == 3:  # the broken one and two others: the next examinations are on their way
            os.kill(next(iter(pids.values())), signal.SIGKILL)
            killed.set()

    results = grade_assignment(course, LESSON, progress=kill_one, scheduler=cluster.scheduler_address, unsafe=True)
    assert killed.is_set()
    assert {result.student: result.score for result in results if result.status != "not_graded"} == {
        name: AUTO_POINTS - 2 if number == 3 else AUTO_POINTS for number, name in enumerate(names)
    }
    assert [result.student for result in results if result.status == "not_graded"] == ["broken"]


@pytest.mark.slow
def test_few_submissions_are_on_their_way_at_a_time(
    cluster: object, course: Path, solve: Solve, hand_in: HandIn, tmp_path: Path
) -> None:
    for number in range(12):
        hand_in(f"s{number:02}", solve())
    log = tmp_path / "log"
    ahead: list[int] = []
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.run(prepare_worker, 0.05, str(log))

        def watch(done: int, _total: int, _result: object) -> None:
            ahead.append(len(client.who_has()) + len(log.read_text().splitlines()) - done)

        results = grade_assignment(course, LESSON, progress=watch, scheduler=cluster.scheduler_address, unsafe=True)
    assert len(results) == 12 and len(log.read_text().splitlines()) == 12
    assert max(ahead) <= 8  # two for each of two workers are handed out, and are kept until they are written


@pytest.mark.slow
def test_a_worker_with_another_environment_is_refused(
    cluster: object, course: Path, solve: Solve, hand_in: HandIn
) -> None:
    hand_in("ada", solve())
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        client.register_plugin(Stale())
    with pytest.raises(GradingError, match=r"differs from this machine: numpy 1\.0 instead of .* Mend: "):
        grade_assignment(course, LESSON, scheduler=cluster.scheduler_address, unsafe=True)


def test_a_scheduler_that_is_not_there_is_an_error(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "_CONNECT_SECONDS", 1)
    for address in ("tcp://127.0.0.1:1", "no such address"):
        with pytest.raises(GradingError, match=f"No Dask scheduler answers at {address} .* Mend: "):
            grade_assignment(course, LESSON, scheduler=address)


def test_a_cluster_without_workers_is_an_error(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "_FIRST_WORKER_SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, dashboard_address=None) as empty,
        pytest.raises(GradingError, match="has had no worker for 1 s"),
    ):
        grade_assignment(course, LESSON, scheduler=empty.scheduler_address)


def test_without_dask_the_error_says_what_to_install(course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(GradingError, match=r"pip install 'cv-interview-course\[scale\]'"):
        grade_assignment(course, LESSON, scheduler="tcp://127.0.0.1:8786")
