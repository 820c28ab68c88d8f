"""Warm kernels are like cold ones, only faster; the server that forks them stays, and is replaced when it is broken."""

from __future__ import annotations

import os
import signal
import socket
import struct
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from jupyter_core.utils import run_sync
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from nbformat.v4 import new_code_cell, new_notebook

from autograder.examiner import ANSWER
from autograder.kernel import provisioner
from autograder.kernel.fork_client import ForkServerError, Settings, connect_or_start
from autograder.kernel.student_files import pack
from autograder.kernel.student_manager import StudentKernelManager
from autograder.sandbox import Limits, NoSandbox
from tests.sandbox.cells import kernel, needs_sandbox, text_of

EMPTY = Settings(preload=())

SAME_WARM_AND_COLD = {
    "environment": "import os\nprint(sorted(os.environ.items()))",
    "folders": (
        "import os, sys, tempfile, matplotlib\nprint(os.getcwd(), sys.argv, sys.path, tempfile.gettempdir(),"
        "matplotlib.get_configdir(), matplotlib.get_cachedir(), sorted(os.listdir(os.path.expanduser('~'))))"
    ),
    "threads": "import cv2, torch, os\nprint(cv2.getNumThreads(), torch.get_num_threads(), os.cpu_count())",
    "limits": "import resource\nprint([resource.getrlimit(n) for n in range(16) if n != resource.RLIMIT_DATA])",
    "signals": "import signal\nprint([signal.getsignal(n) for n in (2, 13, 15, 17)])",
    "settings": "import matplotlib\nprint(sorted(matplotlib.rcParams.items(), key=str), matplotlib.get_backend())",
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 4, 2])\nplt.title('Edge strength')\nplt.show()",
    "error": "def f(x):\n    return 1 / x\nf(0)",
    "warning": "import numpy as np\nfor _ in range(2):\n    np.float64(1) / np.float64(0)",
    "seeded": "np.random.seed(3)\nimport random\nrandom.seed(3)\ntorch.manual_seed(3)\n"
    "print(np.random.rand(), random.random(), torch.rand(1))",
    "rich": "import io\nfrom IPython.display import display, Markdown\ndisplay(Markdown('*x*'))\n[1, 2], {'a': 1}",
    # ipykernel reads what C prints in a thread: it may come after the end of the cell.
    "c": "import ctypes, time\nlibc = ctypes.CDLL(None)\n_ = libc.puts(b'from C'), libc.fflush(None), time.sleep(0.5)",
    "program": "!echo hello",
}


@needs_sandbox
@pytest.mark.slow
def test_a_warm_kernel_is_like_a_cold_one(subtests: pytest.Subtests) -> None:
    # One test, so that the cells run in this order: once cv2 is imported in a cold kernel, Qt's variables are there.
    with kernel() as warm, kernel(warm=False) as cold:
        for name, source in SAME_WARM_AND_COLD.items():
            with subtests.test(name):
                outputs = warm.run(source).outputs
                assert outputs == cold.run(source).outputs
                assert outputs


@needs_sandbox
def test_only_the_warm_kernel_has_the_libraries_loaded() -> None:
    loaded = "import sys\nprint('torch' in sys.modules)"
    with kernel() as warm, kernel(warm=False) as cold:
        assert (warm.text(loaded), cold.text(loaded)) == ("True\n", "False\n")


@needs_sandbox
def test_no_two_kernels_draw_the_same_random_numbers() -> None:
    draw = (
        "import random, numpy as np, torch, uuid, tempfile, multiprocessing\nprint(random.random(), np.random.rand(), "
        "torch.rand(1).item(), uuid.uuid4(), tempfile.mktemp(), bytes(multiprocessing.current_process().authkey))"
    )
    with kernel() as first, kernel() as second:
        one, other = first.text(draw).split(), second.text(draw).split()
    assert len(one) >= 6
    assert not set(one) & set(other)


@needs_sandbox
def test_warnings_are_shown_in_every_kernel() -> None:
    for _ in range(2):
        with kernel() as cells:
            assert "divide by zero" in cells.text("import numpy as np\nnp.float64(1) / np.float64(0)")


@needs_sandbox
@pytest.mark.parametrize("warm", [True, False], ids=["warm", "cold"])
def test_an_open_figure_is_drawn_to_be_shown_and_not_once_more(warm: bool) -> None:
    count_draws = (
        "import matplotlib.pyplot as plt\nfrom matplotlib.figure import Figure\ndraw, drawn = Figure.draw, []\n"
        "def counted(figure, renderer):\n    drawn.append(figure)\n    return draw(figure, renderer)\n"
        "Figure.draw = counted"
    )
    by_hand = (
        "shown = len(drawn)\nfrom IPython.core.pylabtools import print_figure\nfigure, axis = plt.subplots()\n"
        "axis.plot([1, 2])\nprint_figure(figure, bbox_inches='tight')\nplt.close()\nprint(shown, len(drawn) - shown)"
    )
    with kernel(warm=warm) as cells:
        cells.text(count_draws)
        assert "image/png" in cells.run("line = plt.plot([1, 2])").outputs[0].data
        shown, needed = cells.text(by_hand).split()
    assert shown == needed != "0"


@needs_sandbox
def test_a_cell_can_be_interrupted() -> None:
    with kernel() as cells:
        with cells.interrupting(after=1):
            assert "KeyboardInterrupt" in cells.text("while True: pass")
        assert cells.text("print('alive')") == "alive\n"


@needs_sandbox
def test_a_restarted_kernel_is_a_new_one() -> None:
    with kernel() as cells:
        cells.text("x = 1\nopen('left', 'w').close()")
        process = cells.manager.provisioner.process
        run_sync(cells.manager.restart_kernel)(now=True)
        assert cells.manager.provisioner.process != process
        cells.wait_until_ready()
        assert cells.text("import os\nprint('x' in globals(), os.listdir())") == "False []\n"


@needs_sandbox
def test_the_files_are_a_copy(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("original")
    with kernel(files=tmp_path) as cells:
        cells.text("open('a.txt', 'w').write('changed')")
        assert cells.text("open('a.txt').read()") == "'changed'"
    assert (tmp_path / "a.txt").read_text() == "original"


@needs_sandbox
def test_the_kernel_answers_the_examiner() -> None:
    with kernel() as cells:
        cells.manager.call_socket.close()  # the examiner is gone: there is nothing to answer
        cell = cells.run(ANSWER)
        assert [output.ename for output in cell.outputs if output.output_type == "error"] == []
        assert cells.text("print('alive')") == "alive\n"


def test_without_a_sandbox_nothing_is_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provisioner, "sandbox_problem", lambda: "There is none. Mend: make one.")
    with pytest.raises(NoSandbox, match="Mend: make one"):
        run_sync(StudentKernelManager().start_kernel)()


def test_without_a_sandbox_a_kernel_is_run_if_one_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("hello")
    with kernel(unsafe=True, files=tmp_path) as cells:
        assert cells.text("print(open('a.txt').read())") == "hello\n"
        with pytest.raises(DeadKernelError):
            cells.run("import os\nos._exit(3)")
        assert cells.manager.death_reason() == "The Python process ended itself with exit status 3."


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder for a server's socket, whose path must be short."""
    with tempfile.TemporaryDirectory(prefix="f-") as name:
        yield Path(name)


def process_of(connection: socket.socket) -> int:
    return struct.unpack("3i", connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12))[0]


def ended(process: int) -> bool:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        try:
            with open(f"/proc/{process}/stat") as stat:
                if stat.read().rsplit(")", 1)[1].split()[0] == "Z":
                    return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


@needs_sandbox
class TestForkServer:
    def test_it_is_found_again(self, folder: Path) -> None:
        with connect_or_start(folder, EMPTY) as first, connect_or_start(folder, EMPTY) as second:
            assert process_of(first) == process_of(second) != os.getpid()
            os.kill(process_of(first), signal.SIGKILL)

    def test_it_ends_when_nobody_needs_it(self, folder: Path) -> None:
        with connect_or_start(folder, Settings(preload=(), idle_seconds=0.5)) as connection:
            process = process_of(connection)
            time.sleep(1)
            assert Path(f"/proc/{process}").exists()
        assert ended(process)
        assert not list(folder.glob("*.sock"))

    def test_a_socket_that_was_left_behind_is_replaced(self, folder: Path) -> None:
        with connect_or_start(folder, EMPTY) as connection:
            os.kill(process_of(connection), signal.SIGKILL)
            assert ended(process_of(connection))
        with connect_or_start(folder, EMPTY) as again:
            os.kill(process_of(again), signal.SIGKILL)

    def test_a_server_that_does_not_answer_is_replaced(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("autograder.kernel.fork_client._SECONDS_TO_ANSWER", 1.0)
        with connect_or_start(folder, EMPTY) as connection:
            stopped = process_of(connection)
            os.kill(stopped, signal.SIGSTOP)
            with connect_or_start(folder, EMPTY) as again:
                assert process_of(again) != stopped
                assert ended(stopped)
                os.kill(process_of(again), signal.SIGKILL)

    def test_a_server_that_cannot_start_says_why(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.executable", "/bin/false")
        with pytest.raises(ForkServerError, match="Mend: see"):
            connect_or_start(folder, EMPTY)

    def test_it_holds_nothing_of_the_process_that_started_it(self, folder: Path) -> None:
        with open(os.devnull) as held, connect_or_start(folder, EMPTY) as connection:
            os.set_inheritable(held.fileno(), True)
            process = process_of(connection)
            environment = Path(f"/proc/{process}/environ").read_text()
            assert "PYTEST_CURRENT_TEST" not in environment
            assert os.getsid(process) == process
            assert Path(f"/proc/{process}/fd/{held.fileno()}").resolve() != Path(os.devnull) or held.fileno() < 3
            os.kill(process, signal.SIGKILL)

    def test_it_survives_a_kernel_that_crashes(self) -> None:
        with connect_or_start() as connection:
            process = process_of(connection)
            with kernel() as cells, pytest.raises(DeadKernelError):
                cells.run("import ctypes\nctypes.string_at(0)")
            with kernel() as cells:
                assert cells.text("print('alive')") == "alive\n"
            assert Path(f"/proc/{process}").exists()

    def test_a_client_that_is_gone_takes_its_kernel_along(self) -> None:
        with kernel() as cells:
            process = cells.manager.provisioner.process
            cells.manager.provisioner._kernel._connection.close()
            assert ended(process)


def test_a_notebook_runs_through_nbclient_by_the_class_alone() -> None:
    if needs_sandbox.args[0]:
        pytest.skip(needs_sandbox.kwargs["reason"])
    notebook = new_notebook(cells=[new_code_cell("print(6 * 7)")])
    NotebookClient(notebook, kernel_manager_class=StudentKernelManager).execute()
    assert text_of(notebook.cells[0]) == "42\n"


def test_files_that_are_too_large_are_named(tmp_path: Path) -> None:
    (tmp_path / "large.bin").write_bytes(bytes(2000))
    with pytest.raises(ValueError, match="large.bin is too large"):
        pack(tmp_path, Limits(file_bytes=1000))
