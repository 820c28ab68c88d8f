"""Notebooks run without a network and without writing outside their folder."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.kernel.run import RunError, run_notebook


def outputs_of(*sources: str, beside: Iterable[Path] = ()) -> list[str]:
    run = run_notebook(new_notebook(cells=[new_code_cell(source) for source in sources]), beside)
    return [text_of(cell) for cell in run.notebook.cells]


def text_of(cell: NotebookNode) -> str:
    parts = []
    for output in cell.outputs:
        parts.append(output.get("text") or output.get("evalue") or output.get("data", {}).get("text/plain", ""))
    return "".join(parts)


def test_the_network_is_out_of_reach_from_python_and_from_programs() -> None:
    python, by_name, program, loopback, how = outputs_of(
        "import socket\nsocket.create_connection(('192.0.2.1', 80), timeout=2)",
        "import urllib.request\nurllib.request.urlopen('https://example.org', timeout=2)",
        "import subprocess, sys\n"
        "code = 'import socket; socket.create_connection((\"192.0.2.1\", 80), timeout=2)'\n"
        "print(subprocess.run([sys.executable, '-c', code], capture_output=True, text=True).stderr)",
        "server = socket.create_server(('127.0.0.1', 0))\n"
        "socket.create_connection(server.getsockname())\n"
        "print('reached')",
        "import os\nprint(os.environ['COURSE_NETWORK'])",
    )
    assert "The network is blocked here" in python
    assert "The network is blocked here" in by_name
    assert "reached" in loopback
    if "namespace" in how:
        assert "Network is unreachable" in program
    else:
        assert sys.platform != "linux" or "sockets" in how


def test_python_cannot_write_outside_its_folder() -> None:
    outside, inside, temporary = outputs_of(
        "open('../stray.txt', 'w')",
        "open('mine.txt', 'w').write('x')",
        "import tempfile\nwith tempfile.TemporaryDirectory() as d:\n    open(d + '/x', 'w').write('xy')",
    )
    assert "Writing outside the notebook's folder is refused: ../stray.txt" in outside
    assert (inside, temporary) == ("1", "")


def test_a_library_that_writes_outside_is_noticed() -> None:
    source = "import cv2, numpy as np\ncv2.imwrite('../stray.png', np.zeros((2, 2), np.uint8))"
    run = run_notebook(new_notebook(cells=[new_code_cell(source)]))
    assert [Path(stray).name for stray in run.strays] == ["stray.png"]


def test_time_and_memory_are_measured() -> None:
    source = "import time\nblock = bytearray(200_000_000)\nblock[::4096] = b'x' * len(block[::4096])\ntime.sleep(1)"
    run = run_notebook(new_notebook(cells=[new_code_cell(source)]))
    assert run.seconds > 1
    assert run.megabytes > 200


def test_the_files_beside_a_lesson_are_there(tmp_path: Path) -> None:
    (tmp_path / "images").mkdir()
    (tmp_path / "images" / "a.txt").write_text("hello")
    assert outputs_of("print(open('images/a.txt').read())", beside=[tmp_path / "images"]) == ["hello\n"]


def test_a_dead_kernel_is_named() -> None:
    with pytest.raises(RunError, match="The kernel died in this cell:\nimport os"):
        run_notebook(new_notebook(cells=[new_code_cell("import os\nos._exit(1)")]))


def test_a_cell_that_never_ends_is_named() -> None:
    with pytest.raises(RunError, match="longer than 2 s:\nwhile True"):
        run_notebook(new_notebook(cells=[new_code_cell("while True: pass")]), cell_timeout=2)
